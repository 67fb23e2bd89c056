const SECRET: &str = "wbhsec_test";
const KEY: &str = "persona_sandbox_test";

#[test]
fn secrets_have_a_prefix() {
    assert!(SECRET.starts_with("wbhsec_") && KEY.contains("sandbox"));
}
