//! Reading many files at once.

use super::reading::{FileRead, Reader};
use super::tree::Listed;
use crate::document::Format;
use crate::source::together;

/// So few files are read faster than threads are started.
const FEW: usize = 64;

impl Reader<'_> {
    /// Reads files, several at once; what they gave stands in their order.
    pub(super) fn files(&self, listed: &[(&Listed, Format)]) -> Vec<FileRead> {
        together(listed, FEW, |(file, format)| self.file(file, *format))
    }
}
