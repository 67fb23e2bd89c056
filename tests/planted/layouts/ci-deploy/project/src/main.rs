//! Checks identities.

fn main() {
    let key = std::env::var("PERSONA_API_KEY").expect("PERSONA_API_KEY");
    assert!(key.starts_with("persona_"), "persona_sandbox_... or persona_production_...");
}
