//! Reading many files at once.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::reading::{FileRead, Reader};
use super::tree::Listed;
use crate::document::Format;

/// So few files are read faster than threads are started.
const FEW: usize = 64;

impl Reader<'_> {
    /// Reads files, several at once; what they gave stands in their order.
    pub(super) fn files(&self, listed: &[(&Listed, Format)]) -> Vec<FileRead> {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        if threads == 1 || listed.len() < FEW {
            return listed.iter().map(|(file, format)| self.file(file, *format)).collect();
        }
        let next = AtomicUsize::new(0);
        let work = || {
            let mut read = Vec::new();
            while let Some(at) = Some(next.fetch_add(1, Ordering::Relaxed))
                && let Some((file, format)) = listed.get(at)
            {
                read.push((at, self.file(file, *format)));
            }
            read
        };
        let mut all: Vec<(usize, FileRead)> = std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut all = work();
            for other in others {
                match other.join() {
                    Ok(read) => all.extend(read),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            all
        });
        all.sort_by_key(|(at, _)| *at);
        all.into_iter().map(|(_, read)| read).collect()
    }
}
