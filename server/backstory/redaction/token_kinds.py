"""The secrets that can be known by their shape: a table of kinds, each with the prefix its issuer gave it.

Every pattern starts where no character of the token's own alphabet stands before it and repeats possessively, so that a
text is read once however it was made.
"""

import re

from attrs import frozen


@frozen
class TokenKind:
    """One issuer's kind of token."""

    name: str
    """What stands in the mask: `AWS key`."""

    needles: tuple[str, ...]
    """Literals of which one is in every such token: a text without them is not searched."""

    pattern: re.Pattern[str]
    """Matches the whole token; where it has a group, only the group is the secret."""


def _kind(name: str, needles: str, pattern: str) -> TokenKind:
    return TokenKind(name, tuple(needles.split()), re.compile(r"(?<![A-Za-z0-9_-])" + pattern))


_WORD = r"[A-Za-z0-9_-]"
_ALNUM = r"[A-Za-z0-9]"

TOKEN_KINDS: tuple[TokenKind, ...] = (
    _kind("AWS key", "AKIA ASIA ABIA ACCA", r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    _kind("AWS Bedrock key", "ABSK", r"ABSK[A-Za-z0-9+/]{60,}+={0,2}"),
    _kind("GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_", rf"gh[pousr]_{_ALNUM}{{20,}}+"),
    _kind("GitHub token", "github_pat_", r"github_pat_\w{20,}+"),
    _kind(
        "GitLab token",
        "glpat- glptt- gldt- glrt- glft- glcbt- glsoat- glimt- glagent- gloas- glffct-",
        r"gl(?:pat|ptt|dt|rt|ft|cbt|soat|imt|agent|oas|ffct)-[\w.-]{18,}+",
    ),
    _kind("Slack token", "xox xapp-", rf"(?:xox[a-z](?:\.xox[a-z])?-|xapp-\d-){_WORD}{{10,}}+"),
    _kind("Slack webhook", "hooks.slack.com", r"hooks\.slack\.com/(?:services|workflows|triggers)/([\w/]{20,}+)"),
    _kind(
        "Discord webhook", "/api/webhooks/", rf"(?:discord|discordapp)\.com/api/webhooks/(\d{{10,}}+/{_WORD}{{40,}}+)"
    ),
    _kind("Stripe key", "sk_ rk_", rf"[rs]k_(?:live|test|prod)_{_ALNUM}{{10,}}+"),
    _kind("webhook secret", "whsec_", r"whsec_[A-Za-z0-9+/=_-]{20,}+"),
    _kind("Google API key", "AIza", rf"AIza{_WORD}{{30,}}+"),
    _kind("Google token", "ya29.", r"ya29\.[\w.-]{20,}+"),
    _kind("Google client secret", "GOCSPX-", rf"GOCSPX-{_WORD}{{20,}}+"),
    _kind("Google refresh token", "1//0", rf"1//0{_WORD}{{30,}}+"),
    _kind("Anthropic key", "sk-ant-", rf"sk-ant-{_WORD}{{20,}}+"),
    _kind("OpenAI key", "sk-", rf"sk-(?:proj|svcacct|admin|None|or-v1)-{_WORD}{{20,}}+"),
    _kind("API key", "sk-", rf"sk-{_ALNUM}{{20,}}+(?!{_WORD})"),
    _kind("Groq key", "gsk_", rf"gsk_{_ALNUM}{{40,}}+"),
    _kind("xAI key", "xai-", rf"xai-{_ALNUM}{{40,}}+"),
    _kind("Perplexity key", "pplx-", rf"pplx-{_ALNUM}{{40,}}+"),
    _kind("Replicate token", "r8_", rf"r8_{_ALNUM}{{30,}}+"),
    _kind("Hugging Face token", "hf_", rf"hf_{_ALNUM}{{30,}}+"),
    _kind("npm token", "npm_", rf"npm_{_ALNUM}{{30,}}+"),
    _kind("PyPI token", "pypi-", rf"pypi-AgE{_WORD}{{40,}}+"),
    _kind("RubyGems key", "rubygems_", r"rubygems_[0-9a-f]{40,}+"),
    _kind("crates.io token", "cio", rf"cio{_ALNUM}{{32}}(?!{_WORD})"),
    _kind("Docker token", "dckr_", rf"dckr_[a-z]{{3}}_{_WORD}{{20,}}+"),
    _kind("DigitalOcean token", "_v1_", r"do[opr]_v1_[0-9a-f]{40,}+"),
    _kind("SendGrid key", "SG.", rf"SG\.{_WORD}{{16,}}+\.{_WORD}{{16,}}+"),
    _kind("Twilio key", "SK", r"SK[0-9a-f]{32}(?![A-Za-z0-9])"),
    _kind("Mailgun key", "key-", r"key-[0-9a-z]{32}(?![A-Za-z0-9])"),
    _kind("Shopify token", "shp", r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32,}+"),
    _kind("Telegram bot token", ":AA", rf"\d{{8,10}}:AA{_WORD}{{32,}}+"),
    _kind("Vault token", "hvs. hvb. hvr.", r"hv[bsr]\.[\w-]{20,}+"),
    _kind("Terraform token", ".atlasv1.", rf"{_ALNUM}{{14}}\.atlasv1\.{_WORD}{{40,}}+"),
    _kind("Doppler token", "dp.", r"dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.]{20,}+"),
    _kind("Linear key", "lin_", rf"lin_(?:api|oauth)_{_ALNUM}{{30,}}+"),
    _kind("Notion token", "ntn_ secret_", rf"(?:ntn_{_ALNUM}{{40,}}+|secret_{_ALNUM}{{43}}(?!{_WORD}))"),
    _kind("Postman key", "PMAK-", r"PMAK-[0-9a-f-]{40,}+"),
    _kind("New Relic key", "NRAK-", rf"NRAK-{_ALNUM}{{20,}}+"),
    _kind("Sentry token", "sntry", r"sntry[su]_[\w+/=-]{30,}+"),
    _kind("Grafana token", "glsa_ glc_", r"gl(?:sa|c)_[\w+/=]{20,}+"),
    _kind("Databricks token", "dapi", r"dapi[0-9a-f]{32}(?:-\d)?(?![A-Za-z0-9])"),
    _kind("Supabase token", "sbp_ sb_secret_", rf"(?:sbp|sb_secret)_{_WORD}{{20,}}+"),
    _kind("PlanetScale token", "pscale_", rf"pscale_[a-z]{{2,6}}_{_WORD}{{20,}}+"),
    _kind("Pulumi token", "pul-", r"pul-[0-9a-f]{40}(?![A-Za-z0-9])"),
    _kind("Fly token", "fm2_ fo1_", r"(?:fm2|fo1)_[\w+/=-]{20,}+"),
    _kind("Figma token", "figd_", rf"figd_{_WORD}{{20,}}+"),
    _kind("Atlassian token", "ATATT ATCTT", r"AT[AC]TT3[\w=-]{40,}+"),
    _kind("Square token", "sq0", rf"sq0[a-z]{{3}}-{_WORD}{{20,}}+"),
    _kind("Netlify token", "nfp_", rf"nfp_{_ALNUM}{{30,}}+"),
    _kind("Azure client secret", "Q~", r"[\w~.-]{3}\dQ~[\w~.-]{31,}+"),
    _kind("Azure signature", "sig=", r"sig=([A-Za-z0-9%/+]{30,}+)"),
    _kind("AWS signature", "X-Amz-", r"X-Amz-(?:Signature|Security-Token)=([\w%-]{40,}+)"),
    _kind("age key", "AGE-SECRET-KEY-", r"AGE-SECRET-KEY-1[0-9A-Z]{20,}+"),
    _kind("JSON web token", "eyJ", rf"eyJ{_WORD}{{8,}}+\.eyJ{_WORD}{{8,}}+(?:\.{_WORD}*+){{0,3}}"),
    _kind("JSON web token", "eyJ", rf"eyJ{_WORD}{{8,}}+\.(?:{_WORD}*+\.){{3}}{_WORD}{{8,}}+"),
)
