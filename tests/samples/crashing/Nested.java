public class Nested {
    static class Store implements AutoCloseable {
        void open() throws java.io.IOException {
            throw new java.io.IOException("closed"); // @2.1 Nested$Store.open
        }

        public void close() {
            throw new IllegalArgumentException("close"); // @3.1 Nested$Store.close
        }
    }

    static int total() {
        try (Store store = new Store()) { // @3.2 Nested.total
            store.open(); // @2.2 Nested.total
            return 1;
        } catch (java.io.IOException error) {
            throw new IllegalStateException("no cart", error); // @1.1 Nested.total
        }
    }

    public static void main(String[] arguments) {
        Runnable run = () -> {
            try {
                total(); // @1.2 Nested.lambda$main$0
            } catch (IllegalStateException error) {
                throw new RuntimeException(error); // @0.1 Nested.lambda$main$0
            }
        };
        run.run(); // @0.2 Nested.main  @1.3 Nested.main
    }
}
