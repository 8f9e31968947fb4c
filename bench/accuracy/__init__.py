"""How right Backstory is, over whole repositories: shares, leave-one-out, and the references of `bench.oracle`."""
