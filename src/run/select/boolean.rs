//! Texts that mean yes or no and are spelt so that programs misread them.

use crate::document::Format;
use crate::project::Setting;

/// Why a program may misread a value that means yes or no, as the rest of a sentence; none where
/// it is spelt well or means neither.
pub(super) fn odd(setting: &Setting) -> Option<&'static str> {
    let value = setting.literal()?.expose().trim();
    match &*value.to_ascii_lowercase() {
        "flase" | "fasle" | "fales" | "falsse" | "flas" | "fals" | "flse" | "fase" => {
            Some("which is no boolean; `false` was meant, and many programs take it for true")
        }
        "ture" | "treu" | "tru" | "trrue" | "truee" | "rtue" => {
            Some("which is no boolean; `true` was meant, and many programs take it for false")
        }
        "false" | "no" | "off" if value.starts_with(['F', 'N', 'O']) && is_text(setting) => {
            Some("a text that is not empty, which many programs take for true")
        }
        "true" | "yes" | "on" if value.starts_with(['T', 'Y', 'O']) && is_text(setting) => {
            Some("a text that programs which compare with `true` take for false")
        }
        _ => None,
    }
}

/// Whether a literal is a text to whoever reads it: in quotes, or in a file that holds texts only.
fn is_text(setting: &Setting) -> bool {
    let Some(source) = &setting.source else { return true };
    let before = source.text().get(..setting.span.start_offset());
    let quoted = before.is_some_and(|before| before.ends_with(['"', '\'']));
    quoted || Format::of_path(source.path()) == Some(Format::Dotenv)
}
