//! What stands under `data` of a Kubernetes Secret is in base64.
//! <https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data>

use base64::prelude::{BASE64_STANDARD, Engine};

use super::super::reference;
use super::super::setting::{Setting, SettingValue};
use crate::pack::Origin;
use crate::source::Secret;

/// Replaces a value by what it encodes; what is not base64 stays as it is. A line break at the end
/// stays, too: the program would get it.
pub(super) fn decode(setting: &mut Setting) {
    let Some(text) = setting.literal().and_then(|value| decoded(value.expose())) else { return };
    // encoded by hand and once more by a tool
    let again = decoded(&text).filter(|inner| inner.len() >= SHORTEST && is_printed(inner));
    let text = again.unwrap_or(text);
    setting.origin = Origin::Decoded;
    let value = if text.trim().is_empty() {
        SettingValue::Empty
    } else if let Some(identity) = reference::of(&text) {
        // filled in by what mounts the Secret
        SettingValue::Reference { text, identity }
    } else {
        SettingValue::Literal(Secret::new(text))
    };
    setting.come_to(value);
}

fn decoded(text: &str) -> Option<String> {
    let bytes = BASE64_STANDARD.decode(text.trim()).ok()?;
    String::from_utf8(bytes).ok()
}

fn is_printed(text: &str) -> bool {
    text.trim_end().chars().all(|one| one.is_ascii_graphic())
}

/// Shorter texts may be base64 by chance.
const SHORTEST: usize = 12;
