import sys

sys.setrecursionlimit(60)


def down(n):
    return down(n + 1) + 1  # @0.1 down  @0.2 down  @0.3 down


down(0)  # @0.4 <module>
