//! `golive fingerprint`.

use super::stage::{Stage, production_key, sandbox_key};

#[test]
fn a_value_is_read_from_the_terminal_or_from_input_and_its_line_fits_the_manifest() {
    let mut stage = Stage::vaulted();
    let typed = ["fingerprint", "begini/api-key", "--environment", "production"];
    stage.input = format!("{}\n", production_key());
    let by_input = stage.golive(&typed).shown();
    stage.input = String::new();
    stage.typed = Some(production_key());
    let done = stage.golive(&typed);
    assert!(done.errors.contains("under `production:`"), "{}", done.errors);
    assert_eq!(done.output, by_input);
    let manifest =
        stage.read("golive.yaml").replace(" }", &format!(", production: {{ {by_input} }} }}"));
    let open = stage.result("begini/api-keys-differ", &[]);
    let how = "vault:kv/begini#key; `golive fingerprint begini/api-key --environment production`";
    assert!(open.starts_with(&format!("unknown may come from: {how}")), "{open}");
    stage.write("golive.yaml", &manifest);
    assert_eq!(stage.result("begini/api-keys-differ", &[]), "pass by reference");
}

#[test]
fn a_value_that_stands_in_a_file_is_told() {
    let mut stage = Stage::vaulted();
    stage.input = sandbox_key();
    let done = stage.golive(&["fingerprint", "begini/api-key"]);
    assert!(done.errors.contains("The same value stands at .env.sandbox:1"), "{}", done.errors);
}

#[test]
fn what_could_be_found_by_trying_is_refused() {
    let mut stage = Stage::vaulted();
    for (value, why) in [
        ("174379", "could be found by trying"),
        ("abababababababababab", "could be found by trying"),
        ("https://me:hunter22@lender.co.ke/", "could be found by trying"),
        ("  \n", "there is no value"),
        ("your_api_key_here", "only stands in for a value"),
        ("12345678901234567890", "published sample"),
    ] {
        stage.input = value.to_owned();
        let done = stage.golive(&["fingerprint", "begini/api-key"]);
        let refused = done.refused();
        assert!(refused.contains(why), "{value}: {refused}");
        assert!(value.trim().is_empty() || !refused.contains(value.trim()), "{refused}");
    }
}

#[test]
fn a_value_is_no_argument_and_a_salt_is_needed() {
    let mut stage = Stage::vaulted();
    stage.input = production_key();
    for typed in [
        vec!["fingerprint", "begini/api-key", &production_key()],
        vec!["fingerprint", "begini/api-key", &production_key(), "--environment", "sandbox"],
    ] {
        let refused = stage.golive(&typed).refused();
        assert!(refused.contains("never given as an argument"), "{refused}");
        assert!(!refused.contains(&production_key()), "{refused}");
    }
    stage.write("golive.yaml", "packs: [begini]\n");
    let refused = stage.golive(&["fingerprint", "begini/api-key"]).refused();
    assert!(refused.contains("has no salt") && refused.contains("golive init"), "{refused}");
    let refused = stage.golive(&["fingerprint", "begini/apikey"]).refused();
    assert!(refused.contains("did you mean `begini/api-key`?"), "{refused}");
}
