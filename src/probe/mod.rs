//! Live questions: what is sent, where it may go, and what came back.
//!
//! The one room beside the stand-in that waits for a network. Every credential is bound to hosts,
//! every address is checked before it is connected to, and every answer is reduced and redacted
//! before anybody judges it. [`perform()`] is the way in; [`preview()`] shows what it would send.

mod answer;
mod bindings;
mod carry;
mod claims;
mod delivery;
mod exchange;
mod facts;
mod filled;
mod guard;
mod holes;
mod inspect;
mod job;
mod leak;
mod look;
mod perform;
mod prepare;
mod preview;
mod proxy;
mod recording;
mod redact;
mod reduce;
mod replay;
mod sent;
mod signature;
mod template;
mod tls;
mod usable;
mod wire;

pub use bindings::{Bindings, fabricate, random_uid};
pub use facts::{ANSWER, Facts, Fault, names_of};
pub use filled::Filled;
pub use guard::{Connect, ReceiverGrant, Refusal};
pub use holes::roles_in_json;
pub use job::{Asked, Delivered, Job, JobId, Looked, NotSent, Work, read_by};
pub use leak::Leak;
pub use look::ONLINE;
pub use perform::{Deadline, Done, Event, Judge, Judged, LiveOptions, Performed, perform};
pub use preview::{Preview, preview};
pub use proxy::ProxyUrl;
pub use recording::{RECORDING_SCHEMA, Recorded, Recording};
pub use redact::Redactor;
pub use signature::{Material, SignatureFault, compute, sign};
pub use template::{Filler, TemplateFault};
pub use tls::{TrustFault, TrustedCa};
pub use wire::Patience;

#[cfg(test)]
mod tests;
