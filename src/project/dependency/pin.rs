//! How a package is pinned. What a pin says is shown to people, so no address and nothing long is
//! ever part of it.

/// What holds a package where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pin {
    /// A tag of its repository.
    Tag,
    /// A branch: it moves.
    Branch,
    /// A commit.
    Commit,
    /// A folder.
    Path,
    /// One version.
    Version,
    /// Any version that fits.
    Range,
    /// Nothing: whatever is newest.
    Nothing,
    /// Another file says it: a parent, a catalogue, a workspace.
    Elsewhere,
}

impl Pin {
    /// As expressions see it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Branch => "branch",
            Self::Commit => "commit",
            Self::Path => "path",
            Self::Version => "version",
            Self::Range => "range",
            Self::Nothing => "none",
            Self::Elsewhere => "elsewhere",
        }
    }

    /// Whether it names a source of its own, not what a registry has.
    pub(super) fn is_source(self) -> bool {
        matches!(self, Self::Tag | Self::Branch | Self::Commit | Self::Path)
    }
}

/// A pin with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pinned {
    /// Which.
    pub pin: Pin,
    /// What it says, where that may be shown.
    pub text: String,
}

impl Pinned {
    /// A pin that says `text`.
    pub(super) fn new(pin: Pin, text: &str) -> Self {
        let text = text.trim();
        let told = text.len() <= LONGEST && !text.contains("://") && !text.contains('@');
        Self { pin, text: if told { text.to_owned() } else { String::new() } }
    }

    /// Nothing pins it.
    pub(super) fn nothing() -> Self {
        Self::new(Pin::Nothing, "")
    }

    /// Another file says it.
    pub(super) fn elsewhere() -> Self {
        Self::new(Pin::Elsewhere, "")
    }

    /// A name in a repository of which nobody says what it is: a commit or a tag by its looks, else
    /// a branch.
    pub(super) fn of_reference(text: &str) -> Self {
        let text = text.trim().trim_start_matches("refs/tags/");
        if text.is_empty() {
            return Self::nothing();
        }
        let is_commit =
            (7..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let last = text.rsplit(['/', '@']).next().unwrap_or(text);
        let pin = match (is_commit, is_version(last)) {
            (true, _) => Pin::Commit,
            (false, true) => Pin::Tag,
            (false, false) => Pin::Branch,
        };
        Self::new(pin, text)
    }

    /// A version as most ecosystems write it: one, or a range of them.
    pub(super) fn of_version(text: &str) -> Self {
        let text = text.trim();
        let one = text.trim_start_matches('=').trim();
        match text {
            "" => Self::nothing(),
            _ if is_version(one) => Self::new(Pin::Version, one),
            _ => Self::new(Pin::Range, text),
        }
    }
}

/// Longer texts are not shown.
const LONGEST: usize = 80;

/// Whether a text is one version: `1.2.3`, `v2`, `1.0.0-beta+5`.
pub(super) fn is_version(text: &str) -> bool {
    let number = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let plain = |one: char| one.is_ascii_alphanumeric() || matches!(one, '.' | '-' | '+' | '_');
    let release = number.split(['-', '+']).next().unwrap_or_default();
    number.starts_with(|one: char| one.is_ascii_digit())
        && number.chars().all(plain)
        && !number.ends_with(['.', '+'])
        && !release.split('.').any(|part| matches!(part, "x" | "X"))
}

/// The reference after the `#` of a repository's address.
pub(super) fn after_hash(address: &str) -> Pinned {
    match address.split_once('#') {
        Some((_, range)) if range.starts_with("semver:") => {
            Pinned::new(Pin::Range, range.trim_start_matches("semver:"))
        }
        Some((_, reference)) => Pinned::of_reference(reference),
        None => Pinned::nothing(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_versions_are_told_by_their_looks() {
        let pin = |text| Pinned::of_reference(text).pin;
        assert_eq!(pin("v1.2.3"), Pin::Tag);
        assert_eq!(pin("release/2.0"), Pin::Tag);
        assert_eq!(pin("0a1b2c3d4e"), Pin::Commit);
        assert_eq!(pin("main"), Pin::Branch);
        assert_eq!(pin(""), Pin::Nothing);
        let pin = |text| Pinned::of_version(text).pin;
        assert_eq!(pin("= 1.2"), Pin::Version);
        for range in ["1.x", "^1.2", "1.+", "*", ">=1 <2", "latest", "[1,2)"] {
            assert_eq!(pin(range), Pin::Range, "{range}");
        }
    }

    #[test]
    fn an_address_is_never_the_text_of_a_pin() {
        let pinned = Pinned::new(Pin::Path, "https://user:token@host/x");
        assert_eq!(pinned.text, "");
        assert_eq!(Pinned::of_reference(&"a".repeat(200)).text, "");
    }
}
