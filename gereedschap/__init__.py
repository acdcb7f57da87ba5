"""Tools around the product: installing on a bare machine, running the tests, benchmarks. Standard library only."""
