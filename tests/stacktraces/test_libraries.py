"""Other people's code is known by where an installer put it, and by the names of runtimes."""

import pytest

from backstory.model.stacktrace import Frame
from backstory.stacktraces.filenames import read_filename
from backstory.stacktraces.libraries import installed, without_file


def told(filename, function=None, dialect="", module=None):
    frame = Frame(filename, 1, None, function, module)
    put = installed(filename, read_filename(filename), frame, dialect)
    return put and (put.installer, put.package, "/".join(put.inside))


@pytest.mark.parametrize(
    ("filename", "expected"),
    [
        ("/venv/lib/python3.12/site-packages/celery/app/base.py", ("pip", "celery", "celery/app/base.py")),
        ("C:\\Python312\\Lib\\site-packages\\six.py", ("pip", "six", "six.py")),
        ("/usr/lib/python3/dist-packages/yaml/nodes.py", ("pip", "yaml", "yaml/nodes.py")),
        ("/usr/lib/python3.11/asyncio/base_events.py", ("runtime", "Python", "")),
        ("C:\\Python312\\Lib\\json\\decoder.py", ("runtime", "Python", "")),
        ("<frozen importlib._bootstrap>", ("runtime", "Python", "")),
        ("/app/node_modules/express/lib/router/index.js", ("npm", "express", "lib/router/index.js")),
        (
            "/app/node_modules/.pnpm/@a+b@1.0.0/node_modules/@a/b/index.js",
            ("npm", "@a/b", "index.js"),
        ),
        ("node:internal/process/task_queues", ("runtime", "the JavaScript runtime", "")),
        ("internal/modules/cjs/loader.js", ("runtime", "the JavaScript runtime", "")),
        ("/usr/local/bundle/gems/rack-2.2.8/lib/rack/head.rb", ("gem", "rack", "lib/rack/head.rb")),
        ("/b/gems/nokogiri-1.16.0-x86_64-linux/lib/nokogiri.rb", ("gem", "nokogiri", "lib/nokogiri.rb")),
        ("/b/bundler/gems/shop-core-1a2b3c4d5e6f/lib/a.rb", ("gem", "shop-core", "lib/a.rb")),
        ("/usr/local/lib/ruby/3.3.0/net/http.rb", ("runtime", "Ruby", "")),
        ("<internal:kernel>", ("runtime", "Ruby", "")),
        (
            "/root/.cargo/registry/src/index.crates.io-6f17d22bba15001f/serde_json-1.0.1/src/de.rs",
            ("cargo", "serde_json", "src/de.rs"),
        ),
        ("/root/.cargo/git/checkouts/tokio-1a2b3c/9f8e7d6/tokio/src/lib.rs", ("cargo", "tokio", "tokio/src/lib.rs")),
        ("/rustc/9fc6b43126469e3858e2fe86cafb4f0fd5068869/library/core/src/option.rs", ("runtime", "Rust", "")),
        ("library/core/src/panicking.rs", ("runtime", "Rust", "")),
        ("/usr/local/go/src/net/http/server.go", ("runtime", "Go", "")),
        (
            "/go/pkg/mod/github.com/!burnt!sushi/toml@v1.3.2/decode.go",
            ("go", "github.com/BurntSushi/toml", "decode.go"),
        ),
        ("github.com/spf13/cobra@v1.8.0/command.go", ("go", "github.com/spf13/cobra", "command.go")),
        ("/go/src/github.com/acme/shop/cart.go", None),
        ("/src/vendor/github.com/pkg/errors/stack.go", ("go", "github.com/pkg/errors", "stack.go")),
        ("/srv/vendor/laravel/framework/src/Auth.php", ("composer", "laravel/framework", "src/Auth.php")),
        ("/app/deps/phoenix/lib/phoenix/router.ex", ("mix", "phoenix", "lib/phoenix/router.ex")),
        ("/usr/share/perl5/Carp.pm", ("runtime", "Perl", "")),
        ("../sysdeps/unix/sysv/linux/raise.c", ("runtime", "C", "")),
        ("/app/lib/ruby_parser.rb", None),
        ("/app/src/node/cart.js", None),
        ("/srv/gems/cart.rb", None),
        ("site-packages", None),
    ],
)
def test_places(filename, expected):
    assert told(filename) == expected


@pytest.mark.parametrize(
    ("filename", "function", "dialect", "expected"),
    [
        ("Thread.java", "java.base/java.lang.Thread.run", "java", ("runtime", "java")),
        ("Router.java", "org.springframework.web.Router.go", "java", ("jar", "org.springframework")),
        ("Cart.java", "javaxshop.Cart.total", "java", None),
        ("proc.go", "runtime.main", "go", ("runtime", "Go")),
        ("cart.go", "github.com/acme/shop.Total", "go", None),
        ("Cart.cs", "Systematic.Cart.Total", "csharp", None),
    ],
)
def test_names(filename, function, dialect, expected):
    found = told(filename, function, dialect)
    assert (found and found[:2]) == expected


def test_frames_without_a_file():
    assert without_file(Frame(None, None, None, "System.Threading.Thread.Start"), "csharp").package == "System"
    assert without_file(Frame(None, None, None, "Shop.Cart.Total"), "csharp") is None
    assert told("Thread.java", "run", "java", module="java.lang.Thread")[1] == "java"


def test_reasons_are_sentences():
    frame = Frame("/a/node_modules/koa/index.js", 1, None, None)
    put = installed(frame.filename, read_filename(frame.filename), frame, "javascript")
    assert put.because == "It is part of koa, which npm installed."
