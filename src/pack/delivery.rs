//! What is delivered to our own receiver, and how it is made: rightly, or wrongly on purpose.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Class, Method, Outcome, RoleId, fields};

/// One or several deliveries to our own receiver.
#[derive(Clone, Debug)]
pub struct Deliveries {
    /// The deliveries in order, by name; a single one has the name `answer`, and its fields are
    /// read without the name.
    pub named: Vec<(String, Delivery)>,
    /// What the answers mean; the first that matches.
    pub outcomes: Vec<Outcome>,
}

impl Deliveries {
    /// Whether any of them goes to a class of receiver.
    pub fn touch(&self, class: Class) -> bool {
        self.named.iter().any(|(_, delivery)| delivery.to == class)
    }
}

/// What is delivered under one name.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Which class of receiver.
    pub to: Class,
    /// Whose key signs.
    pub signed_as: Class,
    /// The role that holds the receiver's URL.
    pub receiver: RoleId,
    /// The events, by their names in the pack, in this order.
    pub events: Vec<String>,
    /// Whether each event is about somebody else; otherwise all are about one.
    pub apart: bool,
    /// The method.
    pub method: Method,
    /// The content type, where it is not the one of the pack's bodies.
    pub content_type: Option<String>,
    /// How the body is written.
    pub body: BodyForm,
    /// Fields that are taken out of each event, by their paths.
    pub without: Vec<String>,
    /// Fields that each event has besides or in place of its own, by their paths.
    pub with: Vec<(String, Value)>,
    /// How it is signed.
    pub signature: SignatureVariant,
    /// How often each event is delivered, the same each time.
    pub times: u32,
    /// Whether all at once.
    pub parallel: bool,
}

impl Delivery {
    /// An event with its fields taken out and put in; templates stay as they are written.
    ///
    /// # Errors
    /// The path that leads nowhere.
    pub fn changed(&self, event: &Value) -> Result<Value, String> {
        let mut changed = event.clone();
        for path in &self.without {
            fields::remove(&mut changed, path).ok_or_else(|| path.clone())?;
        }
        for (path, value) in &self.with {
            fields::put(&mut changed, path, value.clone()).ok_or_else(|| path.clone())?;
        }
        Ok(changed)
    }
}

/// How the body of a delivery is written. The signature covers the bytes that are sent.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum BodyForm {
    /// Without a blank, in the order of the pack.
    #[default]
    AsIs,
    /// With blanks and line ends where JSON allows them, and after the end.
    Spaced,
    /// With the keys of every map in reverse.
    Reordered,
    /// With every character of every text written as `\\u0065`.
    Escaped,
    /// Cut off in the middle, so that it is no JSON.
    Malformed,
}

/// How a delivery is signed.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureVariant {
    /// As the provider does.
    Valid,
    /// Without the header.
    None,
    /// With an empty header.
    Empty,
    /// With half of the right signature.
    Truncated,
    /// Signed rightly, then the body is altered.
    Tampered,
    /// Signed with a false key of the right shape.
    WrongKey,
    /// Signed with the right key by HMAC-SHA-256, where that is not the provider's algorithm.
    Sha256,
}
