import random
import string
import time

import pytest
from hypothesis import given, strategies

from backstory.redaction.secrets import mask_secrets
from backstory.redaction.token_kinds import TOKEN_KINDS

ALNUM = string.ascii_letters + string.digits
HEX = "0123456789abcdef"
chance = random.Random(20260720)  # the same tokens in every run


def drawn(length: int, alphabet: str = ALNUM) -> str:
    return "".join(chance.choices(alphabet, k=length))


TOKENS = [
    ("AKIA" + drawn(16, string.ascii_uppercase + string.digits), "AWS key"),
    ("AKIAIOSFODNN7EXAMPLE", "AWS key"),
    ("ghp_" + drawn(36), "GitHub token"),
    ("gho_" + drawn(36), "GitHub token"),
    ("ghs_" + drawn(36), "GitHub token"),
    ("github_pat_" + drawn(22) + "_" + drawn(59), "GitHub token"),
    ("glpat-" + drawn(20), "GitLab token"),
    ("xoxb-" + drawn(12, string.digits) + "-" + drawn(24), "Slack token"),
    ("xapp-1-" + drawn(10) + "-" + drawn(13, string.digits) + "-" + drawn(32, HEX), "Slack token"),
    ("sk_live_" + drawn(24), "Stripe key"),
    ("rk_test_" + drawn(24), "Stripe key"),
    ("whsec_" + drawn(32), "webhook secret"),
    ("AIza" + drawn(35), "Google API key"),
    ("ya29." + drawn(60), "Google token"),
    ("GOCSPX-" + drawn(28), "Google client secret"),
    ("sk-ant-api03-" + drawn(93) + "-AA", "Anthropic key"),
    ("sk-proj-" + drawn(48), "OpenAI key"),
    ("sk-" + drawn(48), "API key"),
    ("gsk_" + drawn(52), "Groq key"),
    ("hf_" + drawn(34), "Hugging Face token"),
    ("npm_" + drawn(36), "npm token"),
    ("pypi-AgEIcHlwaS5vcmc" + drawn(120), "PyPI token"),
    ("rubygems_" + drawn(48, HEX), "RubyGems key"),
    ("dckr_pat_" + drawn(27), "Docker token"),
    ("dop_v1_" + drawn(64, HEX), "DigitalOcean token"),
    ("SG." + drawn(22) + "." + drawn(43), "SendGrid key"),
    ("SK" + drawn(32, HEX), "Twilio key"),
    ("shpat_" + drawn(32, HEX), "Shopify token"),
    (drawn(9, "123456789") + ":AA" + drawn(33), "Telegram bot token"),
    ("hvs." + drawn(24), "Vault token"),
    (drawn(14) + ".atlasv1." + drawn(60), "Terraform token"),
    ("lin_api_" + drawn(40), "Linear key"),
    ("ntn_" + drawn(46), "Notion token"),
    ("NRAK-" + drawn(27, string.ascii_uppercase + string.digits), "New Relic key"),
    ("sntrys_" + drawn(60), "Sentry token"),
    ("glsa_" + drawn(32) + "_" + drawn(8, HEX), "Grafana token"),
    ("dapi" + drawn(32, HEX), "Databricks token"),
    ("AGE-SECRET-KEY-1" + drawn(58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"), "age key"),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0." + drawn(43), "JSON web token"),
]

NAMED = [
    "password=Zx9!kQ2mvP",
    "PASSWORD: Zx9!kQ2mvP",
    'password = "Zx9!kQ2mvP"',
    "DB_PASSWORD='k3Jd8-fH2lQpwo'",
    '{"client_secret": "a8Fk2Lq9Zm4Xv7Rt"}',
    "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCY1234KQ",
    "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "api_key: 9f86d081884c7d659a2feaa0c55ad015",
    "apiKey => 'q8Wm2nR5tY7uI0pL3kJ6'",
    "the password is Zx9!kQ2mvP, do not tell",
    "Authorization: Bearer mF_9.B5f-4.1JqM8x2",
    "authorization: basic dXNlcjpwYTVzdzByZDI=",
    "--password Zx9!kQ2mvP",
    "--api-token q8Wm2nR5tY7uI0pL3kJ6",
    "curl -u ann:Zx9kQ2mvP0 https://x.example",
    "token: q8Wm2nR5tY7uI0pL3kJ6vB1cX4",
    "AccountKey=q8Wm2nR5tY7uI0pL3kJ6vB1cX4zA9sD==;EndpointSuffix=core.windows.net",
    "secret: password: Zx9!kQ2mvP",
    "postgres://app:s3cr3tPw@db.prod.internal:5432/orders",
    "mongodb+srv://svc:Kq82mNp@cluster0.abc.mongodb.net/?retryWrites=true",
    "https://ann:hunter2@git.example.org/repo.git",
    "redis://:p4ssfoo9@cache:6379/0",
    "https://hooks.slack.com/services/T00000000/B00000000/q8Wm2nR5tY7uI0pL3kJ6vB1c",
    "https://acc.blob.core.windows.net/c?sv=2024&sig=q8Wm2nR5tY7uI0pL3kJ6vB1cX4zA9sDfGhJk%3D",
]

NO_SECRETS = [
    "commit 2860dda1f4b2c3d4e5f60718293a4b5c6d7e8f90 reverts 2860dda",
    "Merge: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "session 019fed54-6c1e-7b7a-9a77-0f2f5c9e1d11",
    "token: 019fed54-6c1e-7b7a-9a77-0f2f5c9e1d11",
    "key: 2860dda1f4b2c3d4e5f60718293a4b5c6d7e8f90",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "integrity: sha512-v2kDEe57lecTulaDIuNTPy3Ry4gLGJ6Z1O3vE1krgXZNrsQ+LFTGHVxVjcXPs17LhbZVGedAJv8XZ1tvj5FvSg==",
    '"integrity": "sha512-abcDEF123456ghiJKL7890abcDEF123456ghiJKL7890=="',
    "token: string",
    "token = get_token()",
    "password: str | None = None",
    "password = os.environ['PASSWORD']",
    "password=${DB_PASSWORD}",
    "password: <your password>",
    "password: changeme",
    "secret: my-test-secret",
    "api_key = 'test-api-key-1'",
    "apiKey: 'your-api-key-here'",
    "PASSWORD=xxxxxxxxxxxxxxxx",
    "token=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "max_tokens: 4096000000",
    "tokenizer = AutoTokenizer.from_pretrained('bert-base-uncased')",
    "author: Ann Lee, keyboard: qwertz, monkey: yes",
    "const secretName = 'payments-provider-credentials'",
    "passwordResetTokenExpirySeconds: passwordResetTokenExpirySecondsDefault",
    "import sk-learn-compatible estimators; class sk-fading-circle-animation-delay-2",
    "use bearer authentication-headers for basic understanding-of-the-flow",
    "git clone https://x-access-token:${TOKEN}@github.com/o/r",
    "https://user:password@example.com and postgres://postgres:postgres@localhost/db",
    "http://localhost:8080/path@2x.png mailto:ann@example.org ssh://git@host:22/repo",
    "s_1a2b3c4d5e6f70::t_0f1e2d3c4b5a69",
    "refs/notes/ai@2860dda https://claude.ai/code/session_01AbCdEfGhIjKlMnOp",
    "T-019fed54-6c1e-7b7a-9a77-0f2f5c9e1d11 ses_7b7a9a770f2f",
    "-----BEGIN CERTIFICATE-----\nMIIEowIBAAKCAQEAabc123\n-----END CERTIFICATE-----",
]


@pytest.mark.parametrize(("token", "kind"), TOKENS, ids=[f"{kind} {token[:8]}" for token, kind in TOKENS])
@pytest.mark.parametrize("around", ["{}", "use {} please", "KEY={}\n", '"{}"', "({}),", "x={}&y=1"])
def test_a_known_token_is_masked_wherever_it_stands(token, kind, around):
    masked = mask_secrets(around.format(token))
    assert masked == around.format(f"[masked: {kind}]")


def test_every_kind_of_token_can_be_found():
    text = " ".join(token for token, _ in TOKENS)
    names = {kind.name for kind in TOKEN_KINDS}
    assert {kind for _, kind in TOKENS} <= names
    assert not any(token in mask_secrets(text) for token, _ in TOKENS)


@pytest.mark.parametrize("text", NAMED)
def test_a_value_named_as_a_secret_is_masked(text):
    masked = mask_secrets(text)
    assert masked.count("[masked: ") == 1


@pytest.mark.parametrize("text", NO_SECRETS)
def test_ids_digests_words_and_code_stay(text):
    assert mask_secrets(text) == text


def test_what_stands_around_a_secret_stays():
    assert mask_secrets("set password=Zx9!kQ2mvP, then run") == "set password=[masked: secret], then run"
    assert mask_secrets("postgres://app:s3cr3tPw@db/x?a=1") == "postgres://app:[masked: password]@db/x?a=1"


@pytest.mark.parametrize("kind", ["RSA ", "EC ", "OPENSSH ", "", "ENCRYPTED "])
def test_a_private_key_goes_with_all_its_lines(kind):
    body = "\n".join(drawn(64) for _ in range(5))
    text = f"before\n-----BEGIN {kind}PRIVATE KEY-----\n{body}\nabc=\n-----END {kind}PRIVATE KEY-----\nafter"
    assert mask_secrets(text) == "before\n[masked: private key]\nafter"


def test_a_private_key_in_json_and_one_cut_short_go_too():
    body = r"\n".join(drawn(64) for _ in range(3))
    quoted = rf'{{"private_key": "-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n"}}'
    assert body[:20] not in mask_secrets(quoted)
    cut_short = f"-----BEGIN PRIVATE KEY-----\n{drawn(64)}\n{drawn(64)}\nand then it stopped"
    assert mask_secrets(cut_short).replace("\n", " ").endswith("and then it stopped")
    assert mask_secrets(cut_short).startswith("[masked: private key]")


def test_random_values_are_masked_and_names_are_not():
    """The rates that the judgement of randomness reaches on values it was not made with."""
    values = [drawn(length) for length in (20, 24, 32, 40) for _ in range(250)]
    masked = sum(mask_secrets(f"password={value}") != f"password={value}" for value in values)
    assert masked >= 0.97 * len(values)
    words = "payment provider capture retry order session request handler delay default index cache local state".split()  # noqa: SIM905
    names = ["_".join(chance.sample(words, 3)) + str(chance.randint(1, 99)) for _ in range(500)]
    left = sum(mask_secrets(f"token = {name}") == f"token = {name}" for name in names)
    assert left == len(names)


pieces = strategies.sampled_from(
    [
        *(token for token, _ in TOKENS),
        *NAMED,
        *NO_SECRETS,
        *("password=", "token:", "key=", "://", "@", ":", "eyJ", "sk-", "-----BEGIN PRIVATE KEY-----", "'", '"', "`"),
    ]
)


@given(strategies.lists(pieces | strategies.text(max_size=12), max_size=8).map(" ".join))
def test_masking_twice_is_masking_once(text):
    once = mask_secrets(text)
    assert mask_secrets(once) == once


@given(strategies.text())
def test_masking_never_raises(text):
    mask_secrets(text)


@pytest.mark.parametrize(
    "unit",
    [
        "secret:",
        "password=",
        'password="',
        "token=aB1",
        "--token ",
        "bearer ",
        "key",
        "eyJ",
        "eyJaaaaaaaaaa.",
        "a",
        "://",
        "://a:",
        "SG.",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n" + "A" * 20 + "\n",
        "password" + " " * 40,
        "ghp_",
        "xoxb-",
        "sk-proj-",
        ".atlasv1.",
        "1//0",
    ],
)
def test_time_grows_with_the_length_of_the_text(unit):
    """Four times the text takes about four times as long; sixteen times would be what nobody may pay."""

    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        times = []
        for _ in range(5):
            started = time.process_time()
            mask_secrets(text)
            times.append(time.process_time() - started)
        return min(times)

    assert seconds(200_000) <= 10 * max(seconds(50_000), 0.002)
