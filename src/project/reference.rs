//! Texts that stand for a value kept elsewhere: present, value unknown, never a placeholder.

use std::sync::LazyLock;

use regex::RegexSet;

/// Whether `text` is a reference: `Some(true)` where two readers of it get the same value,
/// `Some(false)` where the value depends on who reads.
pub(super) fn of(text: &str) -> Option<bool> {
    let text = text.trim();
    let first = text.as_bytes().first()?;
    // almost every value begins otherwise: no pattern is tried for it
    if !matches!(first, b'$' | b'{' | b'@' | b'#' | b'%' | b'!' | b'<' | b'E')
        && !text.contains(':')
        && !text.contains('/')
        && !text.contains("{{")
        && !text.starts_with("AgA")
    {
        return None;
    }
    if SAME_FOR_ALL.is_match(text) {
        Some(true)
    } else if DEPENDS.is_match(text) {
        Some(false)
    } else {
        None
    }
}

/// References whose text names one value wherever it is read.
static SAME_FOR_ALL: LazyLock<RegexSet> = LazyLock::new(|| {
    patterns(&[
        r"^vault:.+",
        r"^op://.+",
        r"^arn:aws[a-z-]*:(secretsmanager|ssm):.+",
        r"^@Microsoft\.KeyVault\(.+\)$",
        r"^projects/[^/]+/secrets/.+",
        r"^\{\{resolve:(secretsmanager|ssm|ssm-secure):.+\}\}$",
        r"^\$\{ssm:.+\}$",
        r"^ENC\[AES256_GCM,.+",
        r"^ENC\(.+\)$",
        r"^encrypted:.+",
        r"^\{cipher\}.+",
        // GCP through Spring, Keeper, vals, Azure container apps
        r"^((sm|keeper|ref\+[a-z]+)://|secretref:).+",
        r"^\$\{\{\s*secrets\.[A-Za-z_][A-Za-z0-9_]*\s*\}\}$",
    ])
});

/// References whose value depends on the reader.
static DEPENDS: LazyLock<RegexSet> = LazyLock::new(|| {
    patterns(&[
        r"^\$\{\{\s*(vars|env|inputs|github)\.[^}]+\}\}$",
        // templates are filled in before anybody reads the file, also inside an address
        r"\{\{.+\}\}",
        r"<%=?.+%>",
        r"^#\{.+\}$",
        r"^%[A-Za-z_][A-Za-z0-9_]*%$",
        r"^%env\(.+\)%$",
        r"^@(format|jinja)\s.*[{].*\b(env|this)\b.*[}]",
        r"^\$ANSIBLE_VAULT;.+",
        r"^AgA[A-Za-z0-9+/=]{40,}$",
        r"^\$\{(env|self|opt|cf|sls):.+\}$",
        r"^!(Ref|Sub|ImportValue|vault)\b.*",
    ])
});

fn patterns(patterns: &[&str]) -> RegexSet {
    RegexSet::new(patterns).unwrap_or_else(|_| RegexSet::empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_known_and_values_are_not() {
        for text in [
            "vault:kv/prod#key",
            "op://vault/item/field",
            "${{ secrets.KEY }}",
            "@Microsoft.KeyVault(SecretUri=x)",
            "arn:aws:secretsmanager:eu:1:secret:a",
            "sm://lender/begini",
            "{cipher}682bc583",
            "ref+vault://kv/begini#key",
            "ENC(w8xQ==)",
        ] {
            assert_eq!(of(text), Some(true), "{text}");
        }
        for text in [
            "{{ .Values.key }}",
            "https://{{ host }}/hook",
            "%KEY%",
            "%env(resolve:KEY)%",
            "#{Key}",
            "${{ vars.KEY }}",
            "<%= ENV.fetch('KEY') %>",
            "https://<%= ENV['HOST'] %>/hook",
            "@format {env[KEY]}",
        ] {
            assert_eq!(of(text), Some(false), "{text}");
        }
        for text in [
            "https://api.begini.co",
            "changeme",
            "a:b",
            "",
            "8c5f/x",
            "<your key>",
            "{key}",
            "@format plain",
            "Entry",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
