//! Plan in, run out: schedule, judge, merge, waive, verdict.

mod outcome;

pub use outcome::{
    Basis, CheckRun, EnvironmentSeen, Evidence, Exchange, Finding, Gate, HeldBack, LookedAt,
    Narrowed, NotCovered, Note, PackSeen, PlannedRequest, Reason, Related, Result, Run, Sent,
    Subject, Tally, Tool, Trace, Verdict, VerdictWord,
};
