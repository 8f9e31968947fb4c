def run():
    exec(compile("x = 1\nx = (2\n", "inner.py", "exec"))  # @0.1 run


run()  # @0.2 <module>
