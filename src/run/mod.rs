//! Plan in, run out: schedule, judge, merge, waive, verdict.

mod absent;
mod ahead;
mod asked;
mod assemble;
mod base;
mod candidates;
mod compare;
mod draft;
mod due;
mod earlier;
mod elsewhere;
mod inputs;
mod judge;
mod judgement;
mod labels;
mod live;
mod merge;
mod outcome;
mod progress;
mod schedule;
mod seal;
mod seen;
mod select;
mod survey;
mod verdict;
mod verify;
mod view;
mod waive;
mod watch;

pub use crate::pack::Gate;
pub use asked::{Asked, Purpose, Receiver};
pub use base::{Judged, LOOSENED, Loosening, stricter};
pub use compare::{Compared, Comparison, Profile, Relation, Stands, compare};
pub use draft::{Draft, DraftEnvironment, Guess, draft};
pub use earlier::{Earlier, EarlierSeen};
pub use inputs::inputs_digest;
pub use live::{Live, Mode};
pub use outcome::{
    BaseSeen, Basis, CheckRun, EnvironmentSeen, Evidence, Exchange, Finding, Grounds, HeldBack,
    LookedAt, Narrowed, NotCovered, Note, PackSeen, PlannedRequest, Reason, Related, Result, Run,
    Said, Sent, Subject, Tally, Tool, Trace, Verdict, VerdictWord,
};
pub use progress::{Changed, Progress, Ran, progress};
pub use schedule::run;
pub use seal::{broken as edited_parts, sealed};
pub use survey::{FileSeen, Layer, Survey, Surveyed, survey};
pub use verify::{contradictions, differences, lapsed, unknown_packs};
pub use view::View;
pub use watch::Watch;
