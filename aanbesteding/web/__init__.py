"""The web application: one router per role, thin; what is true stands in the database, what may be in rechten."""
