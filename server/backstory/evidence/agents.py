"""The vocabulary of agents: by which addresses, accounts and names commits and old records tell them.

Addresses are whole and exact, never domains: vendors' employees commit too. Accounts are GitHub's, from
`<id>+<login>@users.noreply.github.com`; nobody but a GitHub app has a login that ends in `[bot]`. Display names are
free text: the tool is told by the address, the model by the name.

Source: counts over 815,004 commits of 63 public repositories (2026-08); git-ai's own list of agents' addresses; the
tables of block/aittributor and chaoss/ai-detection-action for those not seen there.
"""

ADDRESSES = {
    "amp@ampcode.com": "amp",
    "apk@cognition.ai": "devin",  # its makers' test accounts, 245 commits of one repository
    "aider@aider.chat": "aider",
    "code@augmentcode.com": "augment",
    "cline-agent@users.noreply.github.com": "cline",
    "codex@openai.com": "codex",
    "cursoragent@cursor.com": "cursor",
    "gemini-cli-agent@google.com": "gemini",
    "help@firebender.com": "firebender",
    "noreply@aider.chat": "aider",
    "noreply@aider.dev": "aider",
    "noreply@anthropic.com": "claude",
    "noreply@augmentcode.com": "augment",
    "noreply@cline.bot": "cline",
    "noreply@codeium.com": "windsurf",
    "noreply@cursor.com": "cursor",
    "noreply@openai.com": "codex",
    "noreply@opencode.ai": "opencode",
    "noreply@pi.dev": "pi",
    "opencode@oc.ai": "opencode",
    "opendevin@all-hands.dev": "openhands",
    "openhands@all-hands.dev": "openhands",
    "oz-agent@warp.dev": "warp",
    "roomote@roocode.com": "roo",
}
"""Addresses that only an agent uses, in small letters."""

ADDRESSES_UNDER_A_NAME = {
    ("noreply@amazon.com", "amazon q"): "amazon-q",
    ("noreply@github.com", "copilot"): "github-copilot",
    ("noreply@github.com", "github copilot"): "github-copilot",
    ("opensource@block.xyz", "goose"): "goose",
}
"""Addresses that others use as well: with this name, in small letters, an agent's."""

ACCOUNTS = {
    "amazon-q-developer[bot]": "amazon-q",
    "chatgpt-codex-connector[bot]": "codex",
    "claude[bot]": "claude",
    "cline[bot]": "cline",
    "codeflash-ai[bot]": "codeflash",
    "coderabbitai[bot]": "coderabbit",
    "continue[bot]": "continue",
    "copilot": "github-copilot",
    "copilot-swe-agent[bot]": "github-copilot",
    "copilot[bot]": "github-copilot",
    "cursor[bot]": "cursor",
    "devin-ai-integration[bot]": "devin",
    "ellipsis-dev[bot]": "ellipsis",
    "factory-droid[bot]": "factory-droid",
    "gemini-cli[bot]": "gemini",
    "gemini-code-assist[bot]": "gemini-code-assist",
    "google-labs-jules[bot]": "jules",
    "jetbrains-ai[bot]": "junie",
    "openai-codex[bot]": "codex",
    "roomote[bot]": "roo",
}
"""Logins of agents' GitHub accounts, in small letters; whatever id stands before them."""

ACCOUNTS_WITH_ID = {
    "160964065+mentatbot": "mentat",
    "223556219+copilot": "github-copilot-cli",
}
"""Accounts told by id and login together: another id has another meaning, or may be anybody."""

SUGGESTING_ACCOUNTS = frozenset(
    {"175728472+copilot", "coderabbitai[bot]", "ellipsis-dev[bot]", "gemini-code-assist[bot]"}
)
"""Reviewers: as co-author, somebody accepted a suggestion of theirs, a few lines at most."""

AUTOFIX_ACCOUNT, AUTOFIX_NAME = "github-advanced-security[bot]", "copilot autofix"
"""GitHub's security scanner is a robot; under this name its co-authorship is an accepted suggestion of Copilot's."""

ROBOT_ADDRESSES = frozenset(
    {
        "action@github.com",
        "actions@github.com",
        "bot@renovateapp.com",
        "bot@usegitai.com",
        "gemini-cli-robot@google.com",
        "github-actions@github.com",
        "renovate@whitesourcesoftware.com",
        "semantic-release-bot@martynus.net",
        "snyk-bot@snyk.io",
        "support@dependabot.com",
    }
)
"""Addresses of automation without an agent, in small letters."""

ROBOT_NAMES = frozenset(
    {
        "allcontributors",
        "dependabot",
        "dependabot-preview",
        "gemini-cli-robot",
        "github-actions",
        "greenkeeper",
        "marvin-robot",
        "mergify",
        "pre-commit-ci",
        "release-please",
        "renovate",
        "renovate-bot",
        "semantic-release-bot",
        "snyk-bot",
    }
)
"""Names that automation commits under, in small letters; a name that ends in `[bot]` is one as well."""

TOOL_NAMES = {
    "aider": "aider",
    "amazon q": "amazon-q",
    "amazon q developer": "amazon-q",
    "amp": "amp",
    "augment": "augment",
    "augment code": "augment",
    "chatgpt": "chatgpt",
    "claude": "claude",
    "claude code": "claude",
    "claude-code": "claude",
    "cline": "cline",
    "codex": "codex",
    "codex cli": "codex",
    "codex-cli": "codex",
    "copilot": "github-copilot",
    "cursor": "cursor",
    "cursor agent": "cursor",
    "devin": "devin",
    "devin ai": "devin",
    "factory droid": "factory-droid",
    "firebender": "firebender",
    "gemini": "gemini",
    "gemini cli": "gemini",
    "gemini code assist": "gemini-code-assist",
    "gemini-cli": "gemini",
    "github copilot": "github-copilot",
    "goose": "goose",
    "jules": "jules",
    "junie": "junie",
    "kiro": "kiro",
    "nori": "nori",
    "openai codex": "codex",
    "opencode": "opencode",
    "openhands": "openhands",
    "qwen code": "qwen",
    "roo": "roo",
    "roo code": "roo",
    "warp": "warp",
    "windsurf": "windsurf",
}
"""What tools are called in free text, in small letters, each the whole of what is said."""

NAMES_OF_PEOPLE_TOO = frozenset({"ai", "claude", "devin", "jules", "junie"})
"""Names and words that need more than themselves where people are named."""

VOCABULARY = frozenset(
    """
    aider ai anthropic chatgpt claude cline codex copilot cursor devin fable gemini gpt grok haiku jules junie kiro
    llama llm llms mistral openai opencode opus qwen sonnet windsurf
    """.split()  # noqa: SIM905 - one word beside the other, not one below
)
"""Words that tell a tool or a model in free text, in small letters; parts of longer words do not count."""
