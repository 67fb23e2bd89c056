//! Texts that stand for a value kept elsewhere: present, value unknown, never a placeholder.

use std::sync::LazyLock;

use regex::RegexSet;

/// Whether `text` is a reference: `Some(true)` where two readers of it get the same value,
/// `Some(false)` where the value depends on who reads.
pub(super) fn of(text: &str) -> Option<bool> {
    let text = text.trim();
    let first = text.as_bytes().first()?;
    // almost every value begins otherwise: no pattern is tried for it
    if !matches!(first, b'$' | b'{' | b'@' | b'#' | b'%' | b'!' | b'<' | b'E' | b'(')
        && !text.contains([':', '/', '(', '['])
        && !text.contains("{{")
        && !READ_IN_CODE.iter().any(|start| text.starts_with(start))
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

/// How code and Terraform name a value that stands elsewhere.
const READ_IN_CODE: [&str; 8] =
    ["process.env.", "import.meta.env.", "var.", "local.", "data.", "module.", "env.", "Ag"];

/// References whose text names one value wherever it is read.
static SAME_FOR_ALL: LazyLock<RegexSet> = LazyLock::new(|| {
    patterns(&[
        r"^vault:.+",
        // the schemes by which stores of secrets are named
        r"^(vault|secrets?|ssm|aws-?sm|awssm|aws-secretsmanager|asm|gcp-?sm|gcpsm|gcp-secretmanager|azure-?kv|azurekv|akv|bws|infisical|doppler|berglas|keyring|keychain|pass|lastpass|onepassword|1password|conjur|chamber|parameterstore|secretsmanager|akeyless|passbolt|bitwarden)(://|\+[a-z]+://).+",
        r"^(secretsmanager|ssm|parameterstore|awssm|gcpsm|akv|akeyless):[A-Za-z/].+",
        r"^EJ\[1:.+\]$",
        r"^age-encryption\.org/.+",
        r"^-----BEGIN (PGP|AGE ENCRYPTED) (MESSAGE|FILE)-----",
        r"^op://.+",
        r"^arn:aws[a-z-]*:(secretsmanager|ssm):.+",
        r"^@Microsoft\.(KeyVault|AppConfiguration)\(.+\)$",
        r"^projects/[^/]+/secrets/.+",
        r"^\{\{resolve:(secretsmanager|ssm|ssm-secure):.+\}\}$",
        r"^\$\{(sm|ssm):.+\}$",
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
        r"^#\{.+\}#?$",
        r"^%[A-Za-z_][A-Za-z0-9_]*%$",
        r"^%env\(.+\)%$",
        r"^@(format|jinja)\s.*[{].*\b(env|this)\b.*[}]",
        r"^\$ANSIBLE_VAULT;.+",
        r"^Ag[A-Z][A-Za-z0-9+/=]{40,}$",
        r"^\$\{(env|self|opt|cf|sls|param|aws|file|s3|git|custom|strToBool|terraform|output)[:(].+\}$",
        // Azure pipelines, Concourse and Cloud Foundry, Consul templates, Octopus
        r"^\$\([A-Za-z_][A-Za-z0-9_.-]*\)$",
        r"^\$\[.+\]$",
        r"^\(\([A-Za-z_][A-Za-z0-9_./-]*\)\)$",
        // what is mounted into a container
        r"^/(var/)?run/secrets/[A-Za-z0-9._/-]+$",
        // what code and Terraform read elsewhere
        r"^(process|import\.meta)\.env\.[A-Za-z_][A-Za-z0-9_]*$",
        r#"^(process\.env|os\.environ|ENV|import\.meta\.env|\$_ENV|\$_SERVER)\[['"].+['"]\]$"#,
        r"^(os\.getenv|os\.environ\.get|System\.getenv|Deno\.env\.get|ENV\.fetch|env|getenv|config|Platform\.environment)\(['\x22][A-Za-z_][A-Za-z0-9_.]*['\x22]\)$",
        r"^(var|local|module)\.[a-z_][a-z0-9_.]*$",
        r"^data\.[a-z_]+\.[a-z_][a-z0-9_.\[\]]*$",
        r"^!(Ref|Sub|ImportValue|vault)\b.*",
    ])
});

fn patterns(patterns: &[&str]) -> RegexSet {
    RegexSet::new(patterns).unwrap_or_else(|_| RegexSet::empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAME: &[&str] = &[
        "vault:kv/prod#key",
        "op://vault/item/field",
        "${{ secrets.KEY }}",
        "@Microsoft.KeyVault(SecretUri=x)",
        "arn:aws:secretsmanager:eu:1:secret:a",
        "sm://lender/begini",
        "{cipher}682bc583",
        "ref+vault://kv/begini#key",
        "ENC(w8xQ==)",
        "awssm://prod/begini",
        "secretsmanager:prod/begini",
        "doppler://prod/KEY",
        "EJ[1:abc:def:ghi]",
        "@Microsoft.AppConfiguration(Endpoint=x)",
    ];

    const DEPENDING: &[&str] = &[
        "{{ .Values.key }}",
        "https://{{ host }}/hook",
        "%KEY%",
        "%env(resolve:KEY)%",
        "#{Key}",
        "${{ vars.KEY }}",
        "<%= ENV.fetch('KEY') %>",
        "https://<%= ENV['HOST'] %>/hook",
        "@format {env[KEY]}",
        "$(BEGINI_KEY)",
        "((begini-key))",
        "#{BeginiKey}#",
        "${file(./secrets.yml):key}",
        "${param:beginiKey}",
        "process.env.BEGINI_KEY",
        "os.environ['BEGINI_KEY']",
        "System.getenv('BEGINI_KEY')",
        "var.begini_key",
        "data.aws_ssm_parameter.key.value",
        "$[variables.key]",
        "/run/secrets/begini_key",
    ];

    const VALUES: &[&str] = &[
        "https://api.begini.co",
        "changeme",
        "a:b",
        "",
        "8c5f/x",
        "<your key>",
        "{key}",
        "@format plain",
        "Entry",
        "variable",
        "var/log",
        "local.lender.co.ke/x",
        "pass:word",
        "Agnes",
        "(0)",
        "$(whoami) and more",
        "environment.x",
        "run/secretsmith",
        "https://secrets.lender.co.ke",
    ];

    #[test]
    fn references_are_known_and_values_are_not() {
        for (texts, expected) in [(SAME, Some(true)), (DEPENDING, Some(false)), (VALUES, None)] {
            for text in texts {
                assert_eq!(of(text), expected, "{text}");
            }
        }
    }
}
