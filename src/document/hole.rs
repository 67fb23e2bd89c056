//! What a reader puts where a text has something that only another program can fill in.

/// The longest name that a hole shows.
const MAX_NAME: usize = 80;

/// The mark for a hole: `{{name}}`, as templates have it. It is no reference to a setting, so it is
/// never resolved, and nobody takes it for a literal. What is more than a name is not shown.
pub(super) fn hole(what: &str) -> String {
    let what = what.trim();
    let is_name = !what.is_empty()
        && what.len() <= MAX_NAME
        && what.chars().all(|one| one.is_alphanumeric() || "_.-$@:".contains(one));
    format!("{{{{{}}}}}", if is_name { what } else { "..." })
}

/// A reference to another setting, `${name}`; a hole where the name could not be read back.
pub(super) fn reference(name: &str) -> String {
    if is_name(name) { format!("${{{name}}}") } else { hole(name) }
}

/// Whether a reference to `name` is read back as such.
pub(super) fn is_name(name: &str) -> bool {
    let text = format!("${{{name}}}");
    let found = super::references(&text);
    matches!(found.as_slice(), [one] if one.name == name && one.form == super::Form::Braced)
}

/// Makes references of `$(NAME)`, as build settings of Apple's tools have them. `$()` is nothing:
/// it keeps `//` from starting a comment. What has a modifier is a hole.
pub(super) fn build_settings(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once("$(") {
        made.push_str(before);
        let Some((name, after)) = inside.split_once(')') else {
            made.push_str("$(");
            rest = inside;
            continue;
        };
        if !name.is_empty() {
            made.push_str(&reference(name));
        }
        rest = after;
    }
    made.push_str(rest);
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_and_references_are_told_apart() {
        assert_eq!(hole(" user.id "), "{{user.id}}");
        assert_eq!(hole("f(\"secret\")"), "{{...}}");
        assert_eq!(hole(&"a".repeat(99)), "{{...}}");
        assert_eq!(reference("A_b.c"), "${A_b.c}");
        assert_eq!(reference("a b"), "{{...}}");
        assert!(super::super::references(&hole("a")).is_empty());
    }

    #[test]
    fn build_settings_become_references() {
        assert_eq!(build_settings("https:/$()/$(HOST)/x"), "https://${HOST}/x");
        assert_eq!(build_settings("$(A:lower)$(open"), "{{A:lower}}$(open");
    }
}
