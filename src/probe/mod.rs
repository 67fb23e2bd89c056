//! Live questions: what is sent, where it may go, and what came back.
//!
//! The one room beside the stand-in that waits for a network. Every credential is bound to hosts,
//! every address is checked before it is connected to, and every answer is reduced and redacted
//! before anybody judges it.

mod address;
mod bindings;
mod filled;
mod holes;
mod redact;
mod signature;
mod template;

pub use address::{NotPublic, not_public};
pub use bindings::{Bindings, fabricate, random_uid};
pub use filled::Filled;
pub use redact::Redactor;
pub use signature::{Material, SignatureFault, compute, sign};
pub use template::{Filler, TemplateFault};
