//! `golive` answers one question, honestly and with evidence: is this integration ready to leave
//! the sandbox?
//!
//! Rooms lie on floors, and a room imports only from lower ones: `source`, `document`,
//! `expression`, `pack`, `project`, `probe`, `run`, `report`, then `fixture` and `standin`, then
//! `cli`. A test keeps it so.

pub mod cli;
pub mod document;
pub mod expression;
pub mod fixture;
pub mod pack;
pub mod probe;
pub mod project;
pub mod report;
pub mod run;
pub mod source;
pub mod standin;
