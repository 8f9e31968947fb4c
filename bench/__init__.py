"""Proofs and benchmarks, run by hand and by `make bench`; none imports `backstory`."""
