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
        None => {
            PATTERNS.is_match(value) || is_run(value) || (is_host(value) && HOSTS.is_match(value))
        }
    }
}

/// Whether a value without a scheme can be a host: `your-tenant.auth0.com`.
fn is_host(value: &str) -> bool {
    let label = |part: &str| {
        !part.is_empty() && part.chars().all(|one| one.is_ascii_alphanumeric() || one == '-')
    };
    value.contains('.') && value.split('.').all(label)
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
        r"(?i)(^|\.)your[-_]?([a-z0-9]+[-_])*(domain|company|app|site|website|server|host|hostname|backend|api|org|organi[sz]ation|bank|business|name|tenant|project|workspace|instance)(\.|$)",
        r"(?i)(^|\.)my[-_]?(domain|company|hostname)(\.|$)",
        r"(?i)(^|\.)(change[-_]?me|replace[-_]?me|placeholder)(\.|$)",
        r"(?i)(^|\.)x{4,}(\.|$)",
        r"(?i)^((www|api|app)\.)?domain\.(com|tld)$",
    ];
    RegexSet::new(patterns).unwrap_or_else(|_| RegexSet::empty())
});

static PATTERNS: LazyLock<RegexSet> = LazyLock::new(|| {
    let patterns = [WORDS, YOURS, PUT_HERE, SHAPES, RUNS].concat();
    RegexSet::new(patterns).unwrap_or_else(|_| RegexSet::empty())
});

/// Words that are no value, alone or before an explanation.
const WORDS: &[&str] = &[
    r"(?i)^(change[-_ ]?(me|this|it)([-_ !]*(please|now|later))?|changeit|replace[-_ ]?(me|this|it|with[-_ ].+)|set[-_ ]?me([-_ ]please)?|fill[-_ ]?(me|this)?([-_ ]in)?|to[-_ ]?do|tb[acd]|fixme|n/?a|none|null|undefined|nil|unset|not[-_ ](set|defined|configured|applicable)|dummy|fake|sample|example|placeholder|redacted|masked|hidden|removed|secret|passw[o0]rd[0-9]?|admin|letmein|test|foo(bar)?|bar|baz|asdf|qwerty|lorem( ipsum)?)$",
    r"(?i)^(todo|fixme|tbd|change[-_]?me|placeholder|replace[-_]?me|dummy|fake|sample|example|not[-_ ]a[-_ ]real)[-_: ][^.]*$",
    r"(?i)^change[-_]?me[0-9]+$",
    r"(?i)^(test|fake|dummy|some|any)[-_ ](credential|key|token|secret|password|value)s?$",
    r"(?i)^to[-_ ]be[-_ ](filled|defined|done|determined|provided|confirmed|set|replaced|added).*$",
    r"(?i)^(.*[-_])?(changeme|change[-_]me|placeholder|replace[-_]me|goes[-_]here)([-_]in[-_].*)?$",
    // the same in languages that public samples use
    r"(?i)^(c[aá]mb[ií]a(me|lo|r)|reempl[aá]z(ar|a|ame|alo)|rell[eé]na(r|me)|por[-_ ]definir|troqu?e[-_ ](me|isso|aqui)|mude[-_ ](me|isso)|substitu(a|ir)|preench(a|er)|a[-_ ]definir|changez?[-_ ](moi|le|ceci)|remplac(er|ez)([-_ ](moi|ceci))?|[àa][-_ ](remplacer|compl[eé]ter|d[eé]finir|renseigner)|(bitte[-_ ])?([äa]e?ndern|ersetzen|ausf[üu]e?llen)|cambiami|sostituire|da[-_ ](compilare|definire)|ganti([-_ ](ini|saya|disini))?|isi([-_ ](disini|di[-_ ]sini))|badilisha|vervang(en)?|wijzig([-_ ]mij)?|zmie[nń](to|mnie)?|uzupe[lł]nij|degistir|değiştir|замените|заменить|изменить|请填写|请替换|替换|修改|変更して(ください)?)([-_ ].*)?$",
];

/// "Your key", in languages that public samples use.
const YOURS: &[&str] = &[
    r"(?i)^(.*[^a-z])?(your|my|tu|su|votre|ihr|ihre|dein|deine|sua|seu|tua|il[-_ ]tuo|la[-_ ]tua|uw|jouw)[-_ ].*(key|token|secret|id|password|passkey|hash|url|domain|account|here|clave|llave|contrase[nñ]a|secreto|dominio|cl[eé]|jeton|mot[-_ ]de[-_ ]passe|domaine|schl[üu]e?ssel|passwort|geheimnis|chave|senha|segredo|chiave|segreto|sleutel|wachtwoord).*$",
    r"(?i)^(api|secret|access|client|webhook)?[-_ ]?(kunci|token|sandi)[-_ ](anda|kamu)([-_ ].*)?$",
    r"(?i)^(ufunguo|siri|neno)[-_ ](wako|lako)([-_ ].*)?$",
    r"(?i)^(ваш|твой|вставьте)[-_ ].*$",
    r"^(你的|您的|あなたの|여기에)",
    r"(?i)^yourr?(api|secret|access|auth|client|private|public)?(key|token|secret|password|id)(here)?$",
];

/// "Put it here".
const PUT_HERE: &[&str] = &[
    r"(?i)^(insert|paste|put|enter|add|get|copy)[-_ ](your|here|the|me|a|an)([^a-z].*)?$",
    r"(?i)^(insert|paste|put|enter|fill|supply|provide)[-_ ][a-z_ -]+$",
    r"(?i)^[a-z]+([-_ ][a-z]+)*[-_ ](here|aqu[ií]|aqui|ici|hier|qui|disini|hapa|buraya|tutaj)$",
    r"(?i)^(pon(er)?|pega(r)?|coloque|insira|cole|mettre|mettez|collez|ins[eé]rer|hier|inserisci|incolla|masukkan|weka|buraya)[-_ ][a-zà-ÿ_ -]+$",
    // the name of a setting in the place of its value
    r"^[A-Z]+(_[A-Z]+)*_(KEY|TOKEN|SECRET|PASSWORD|ID|URL)$",
    r"(?i)^(?:sk|pk|rk|rzp|xnd|whsec|flwseck|flwpubk|api|key|token|secret|test|live)[-_](?:(?:test|live|sandbox|production|prod|development)[-_]?)?(?:key|your|placeholder|here|example|sample|dummy|fake)(?:[-_].*)?$",
];

/// Brackets, dots and stars.
const SHAPES: &[&str] = &[
    r"^<+[^<>]*>+$",
    r"^__[A-Za-z_ -]+__$",
    r"^%%?[A-Za-z_ -]+%%$",
    r"^@@?[A-Z_-]+@@?$",
    r"^\[[^\]]+\]$",
    r"^\{[A-Za-z_ ]+\}$",
    r"^\*+$",
    r"^\.{3,}$",
    r"^.+(\.{3}|…)$",
    r"^…$",
    // what somebody crossed out
    r"^[A-Za-z0-9_-]{0,12}\*{4,}[A-Za-z0-9]{0,6}$",
    r"^[A-Za-z0-9_-]{0,12}•{3,}[A-Za-z0-9]{0,6}$",
];

/// Runs of one character, and of all digits.
const RUNS: &[&str] = &[
    r"^(?i:[a-z0-9]+[._-])*(x{3,}|X{3,}|0{8,}|a{8,}|A{8,})$",
    // a prefix without a separator, as account numbers have it
    r"^[A-Z]{2}(x{4,}|X{6,})$",
    r"^(?i:sk|pk|rk|whsec|rzp|xnd|flwseck|flwpubk|key|api|test|live)([_-](?i:test|live|sandbox|production))?[_-](x{2,}|X{2,})(-[Xx])?$",
    r"^[A-Za-z]{2,4}(x{6,}|X{6,})$",
    r"^(x{4,}|X{4,}|0{4,})(-(x{4,}|X{4,}|0{4,}))+$",
    r"^123456(7(89?)?0?)?$",
    r"^(0123456789|abc123|abcdef|abcd1234|deadbeef)$",
    r"^(x{6,}|X{6,}|0{6,}|-{4,}|_{4,}|\?{3,})$",
];

#[cfg(test)]
mod tests {
    use super::*;

    const STAND_INS: &[&str] = &[
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
        "1234567890",
        "your_consumer_key",
        "yourApiKeyHere",
        "<production key>",
        "rzp_test_placeholder",
        "sk_live_your_key",
        "FLWSECK_TEST-xxx",
        "TEST-your-token-here",
        "whsec_xx",
        "ACxxxxxxx",
        "test_credential",
        "tu_clave_aqui",
        "cambiame",
        "sua-chave-aqui",
        "troque-me",
        "votre_cle_api",
        "à compléter",
        "à_remplacer",
        "ihr-schluessel",
        "bitte ersetzen",
        "la-tua-chiave",
        "inserisci_la_chiave",
        "ganti_ini",
        "isi_disini",
        "weka_ufunguo_hapa",
        "ваш_ключ",
        "замените",
        "你的密钥",
        "请填写",
        "sk_live_********",
        "sk_live_••••••7f2c",
        "%%API_KEY%%",
        "@API_KEY@",
        "…",
        "none",
        "admin",
        "00000000-0000-0000-0000-000000000000",
    ];

    #[test]
    fn stand_ins_are_known() {
        let wrong: Vec<_> = STAND_INS.iter().filter(|value| !is_placeholder(value)).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn values_are_no_stand_ins() {
        let values = [
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
            "isidore",
            "gantic",
            "sunset",
            "modern-key-a81",
            "whsec_8b2c6f2e",
            concat!("sk_li", "ve_test1ab9cd2ef3"),
            "ACa1b2c3d4",
            "hier0glyph",
            "changed",
            "token-42",
            "key_live_8b2c",
        ];
        let wrong: Vec<&str> = values.into_iter().filter(|value| is_placeholder(value)).collect();
        assert_eq!(wrong, [""; 0]);
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
            "your-tenant.auth0.com",
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
