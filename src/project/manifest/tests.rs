use std::sync::Arc;

use super::*;
use crate::pack::builtin;

fn mistakes(text: &str) -> Vec<(String, u32)> {
    let library = Library::load(builtin()).unwrap();
    let source = Arc::new(SourceText::new("golive.yaml", text));
    let told = Manifest::read(&source, &library).unwrap_err();
    let line = |mistake: &Diagnostic| source.location(mistake.place()).line;
    told.iter().map(|mistake| (mistake.message.clone(), line(mistake))).collect()
}

#[test]
fn mistakes_of_every_sort_are_told_at_once_in_order_of_place() {
    let text = "environments:\n  mars: {}\nhosts: { sandbx: [a] }\nroles:\n  begini/apikey: X\n\
                waivers: [{ findings: [], owner: o, reason: r, ticket: t }]\nfingerprints: {}\n";
    let expected = [
        ("`mars` does not tell its class", 2),
        ("unknown key `sandbx`", 3),
        ("no pack has the role `begini/apikey`", 5),
        ("the key `until` is missing", 6),
        ("the key `salt` is missing", 7),
    ];
    assert_eq!(mistakes(text), expected.map(|(message, line)| (message.to_owned(), line)));
}

#[test]
fn what_a_broken_text_holds_is_not_judged() {
    let told = mistakes("roles: { begini/ap: X }\nhosts: [\n");
    assert!(told.iter().all(|(message, _)| !message.contains("no pack")), "{told:?}");
}
