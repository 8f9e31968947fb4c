class Cart:
    def open(self):
        raise OSError("closed")  # @1.1 open

    def total(self):
        try:
            self.open()  # @1.2 total
        except OSError:
            return self.missing  # @0.1 total


(
    Cart()
    .total()  # @0.2 <module>
)
