//! Values that stand in for a value. The patterns are those that secret scanners and public
//! samples have in common; they are matched against whole values.

use std::sync::LazyLock;

use regex::RegexSet;

/// Whether `value` only stands where a value should be.
pub fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    // no stand-in is that long, and no pattern needs to see more
    !value.is_empty() && value.len() <= 200 && PATTERNS.is_match(value)
}

static PATTERNS: LazyLock<RegexSet> = LazyLock::new(|| {
    let patterns = [
        // words
        r"(?i)^(change[-_ ]?(me|this|it)|changeit|replace[-_ ]?(me|this|with[-_ ].+)|set[-_ ]?me([-_ ]please)?|fill[-_ ]?me([-_ ]in)?|to[-_ ]?do|tbd|fixme|n/?a|none|null|undefined|nil|dummy|fake|sample|placeholder|redacted)$",
        r"(?i)^(todo|fixme|tbd|changeme|change-me|placeholder|replace-me|dummy|example)[-_: ].*$",
        r"(?i)^.*[-_](changeme|change[-_]me|placeholder|replace[-_]me|goes[-_]here)$",
        // your-key-here, in the languages that public samples use
        r"(?i)^(.*[^a-z])?(your|my|tu|votre|ihr|sua|seu)[-_ ].*(key|token|secret|id|password|passkey|hash|url|domain|account|here).*$",
        r"(?i)^(insert|paste|put|enter|add|get)[-_ ](your|here|the|me)\b.*$",
        // brackets and dots
        r"^<[^>]*>$",
        r"^\[[^\]]+\]$",
        r"^\{[A-Za-z_ ]+\}$",
        r"^\*+$",
        r"^\.{3,}$",
        r"^.+(\.{3}|…)$",
        // runs
        r"^(?i:[a-z0-9]+[_-])*(x{3,}|X{3,}|0{8,})$",
        r"^(x{6,}|X{6,}|0{6,}|-{4,}|_{4,}|\?{3,})$",
    ];
    RegexSet::new(patterns).unwrap_or_else(|_| RegexSet::empty())
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_ins_are_told_from_values() {
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
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in [
            "8c5f0f5e-3b7d-4f0e-9a55-7f4f7c1c2d10",
            "https://api.lender.co.ke/hook",
            "sandbox",
            "true",
            "3000",
            "todolist",
            "naples",
            "exhale",
            "Nonesuch",
            "",
        ] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
