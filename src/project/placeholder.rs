//! Values that stand in for a value. The patterns are those that secret scanners and public
//! samples have in common; they are matched against whole values.

use std::sync::LazyLock;

use regex::RegexSet;

/// Whether `value` only stands where a value should be. An address is one where its host is.
pub fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    // no stand-in is that long, and no pattern needs to see more
    if value.is_empty() || value.len() > 200 {
        return false;
    }
    match host(value) {
        // a path may well say `/my-account/done`
        Some(host) => HOSTS.is_match(host) || PATTERNS.is_match(host) || OPEN.is_match(value),
        None => PATTERNS.is_match(value) || is_run(value),
    }
}

/// One character, six times and more.
fn is_run(value: &str) -> bool {
    let mut characters = value.chars();
    let first = characters.next();
    value.chars().count() >= 6 && characters.all(|one| Some(one) == first)
}

/// What stands where an address has its host, even if it could be none.
fn host(value: &str) -> Option<&str> {
    let (_, rest) = value.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    Some(host.rsplit_once(':').map_or(host, |(host, _)| host))
}

/// What no address holds once it is filled in.
static OPEN: LazyLock<RegexSet> = LazyLock::new(|| {
    RegexSet::new([r"<[^<>]+>", r"(\.{3}|…)$"]).unwrap_or_else(|_| RegexSet::empty())
});

static HOSTS: LazyLock<RegexSet> = LazyLock::new(|| {
    let patterns = [
        r"(?i)(^|\.)your[-_]?([a-z0-9]+[-_])*(domain|company|app|site|website|server|host|hostname|backend|api|org|organi[sz]ation|bank|business|name)(\.|$)",
        r"(?i)(^|\.)my[-_]?(domain|company|hostname)(\.|$)",
        r"(?i)(^|\.)(change[-_]?me|replace[-_]?me|placeholder)(\.|$)",
        r"(?i)(^|\.)x{4,}(\.|$)",
        r"(?i)^((www|api|app)\.)?domain\.(com|tld)$",
    ];
    RegexSet::new(patterns).unwrap_or_else(|_| RegexSet::empty())
});

static PATTERNS: LazyLock<RegexSet> = LazyLock::new(|| {
    let patterns = [
        // words
        r"(?i)^(change[-_ ]?(me|this|it)|changeit|replace[-_ ]?(me|this|with[-_ ].+)|set[-_ ]?me([-_ ]please)?|fill[-_ ]?me([-_ ]in)?|to[-_ ]?do|tb[acd]|fixme|n/?a|none|null|undefined|nil|unset|not[-_ ]set|dummy|fake|sample|example|placeholder|redacted|secret|passw[o0]rd|test|foo(bar)?|asdf|qwerty)$",
        r"(?i)^(todo|fixme|tbd|change[-_]?me|placeholder|replace[-_]?me|dummy|fake|sample|example|not[-_ ]a[-_ ]real)[-_: ][^.]*$",
        r"(?i)^change[-_]?me[0-9]+$",
        r"(?i)^to[-_ ]be[-_ ](filled|defined|done|determined|provided|confirmed|set).*$",
        r"(?i)^.*[-_](changeme|change[-_]me|placeholder|replace[-_]me|goes[-_]here)$",
        // your-key-here, in the languages that public samples use
        r"(?i)^(.*[^a-z])?(your|my|tu|votre|ihr|sua|seu)[-_ ].*(key|token|secret|id|password|passkey|hash|url|domain|account|here).*$",
        r"(?i)^(insert|paste|put|enter|add|get)[-_ ](your|here|the|me)([^a-z].*)?$",
        r"(?i)^(insert|paste|put|enter|fill|supply|provide)[-_ ][a-z_ -]+$",
        r"(?i)^[a-z]+([-_ ][a-z]+)*[-_ ]here$",
        // the name of a setting in the place of its value
        r"^[A-Z]+(_[A-Z]+)*_(KEY|TOKEN|SECRET|PASSWORD|ID|URL)$",
        // brackets and dots
        r"^<+[^<>]*>+$",
        r"^__[A-Za-z_ -]+__$",
        r"^\[[^\]]+\]$",
        r"^\{[A-Za-z_ ]+\}$",
        r"^\*+$",
        r"^\.{3,}$",
        r"^.+(\.{3}|…)$",
        // runs
        r"^(?i:[a-z0-9]+[_-])*(x{3,}|X{3,}|0{8,})$",
        r"^(x{4,}|X{4,}|0{4,})(-(x{4,}|X{4,}|0{4,}))+$",
        r"^123456(7(89?)?)?$",
        r"^(x{6,}|X{6,}|0{6,}|-{4,}|_{4,}|\?{3,})$",
    ];
    RegexSet::new(patterns).unwrap_or_else(|_| RegexSet::empty())
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_ins_are_known() {
        for value in [
            "changeme",
            "CHANGE_ME",
            "<your key>",
            "your_api_key_here",
            "xxxxxxxx",
            "sk_test_xxxx",
            "paste_your_passkey_here",
            "TODO",
            "tu-access-token",
            "...",
            "sk_test_...",
            "{API_KEY}",
            "REPLACE_ME",
            "SET-ME-PLEASE",
            "todo: ask ops",
            "CHANGEME123",
            "change-me-in-production",
            "__REPLACE_ME__",
            "<<API_KEY>>",
            "insert-key-here",
            "fake_key",
            "not-a-real-key",
            "not-set",
            "to be filled",
            "fill-in-before-launch",
            "BEGINI_API_KEY",
            "aaaaaaaa",
            "12345678",
            "00000000-0000-0000-0000-000000000000",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn values_are_no_stand_ins() {
        for value in [
            "8c5f0f5e-3b7d-4f0e-9a55-7f4f7c1c2d10",
            "sandbox",
            "true",
            "3000",
            "todolist",
            "naples",
            "exhale",
            "Nonesuch",
            "tester",
            "todo-app.fly.dev",
            "example-bank.co.ke",
            "SIGNATURE_V2",
            "",
        ] {
            assert!(!is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn an_address_is_one_by_its_host() {
        for value in [
            "https://your-domain.com/hook",
            "https://api.yourcompany.co.ke:8443/hook",
            "https://xxxxxx.com",
            "https://your-frontend-domain.com",
            "https://<host>/hook",
            "https://REPLACE_ME/hook",
            "https://hooks.lender.co.ke/<your-path>",
            "https://hooks.lender.co.ke/...",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn an_address_with_a_real_host_is_none() {
        for value in [
            "https://api.lender.co.ke/hook",
            "https://todo.lender.co.ke/hook",
            "https://myapp.co.ke/your-domain",
            "https://lender.co.ke/my-account/done",
            "https://youngbank.com",
            "https://lender.co.ke/x/xxxx.com",
            "https://",
        ] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
