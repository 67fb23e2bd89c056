//! Packs and checks as their authors write them: the shape of the files and nothing more.
//!
//! The doc comments are the descriptions of the published JSON schemas.

mod body;
mod check;
mod codes;
mod history;
mod library;
mod live;
mod pack;
mod signature;
mod source;
mod subject;

pub(super) use body::Body;
pub(super) use check::{Code, OptIn, WrittenCheck, WrittenConfirm};
pub(super) use codes::WrittenCodes;
pub(super) use history::WrittenHistory;
pub(super) use library::WrittenLibrary;
pub(super) use live::{WrittenOutcome, WrittenRequest, WrittenWebhook};
pub(super) use pack::{WrittenHosts, WrittenPack, WrittenRole, WrittenTestValues, WrittenValues};
pub(super) use signature::{BodyFormat, WrittenSignature};
pub(super) use source::{WrittenNear, WrittenPair, WrittenSource};
pub(super) use subject::{
    Certainty, Exposed, ParityOf, WORDS as SUBJECTS, WrittenAgree, WrittenDiffer, WrittenEvidence,
    WrittenHostOf, WrittenParity, WrittenSelector,
};
