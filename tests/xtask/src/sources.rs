//! Whether something built is older than what it was built from.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// The newest change below the given files and folders; None if there is nothing.
pub(crate) fn newest(paths: &[&Path]) -> Option<SystemTime> {
    paths.iter().filter_map(|path| newest_below(path)).max()
}

fn newest_below(path: &Path) -> Option<SystemTime> {
    let metadata = fs::metadata(path).ok()?;
    // A folder's own time tells of files that were removed.
    let own = metadata.modified().ok();
    if !metadata.is_dir() {
        return own;
    }
    let entries = fs::read_dir(path).ok()?;
    let below = entries.flatten().filter_map(|entry| newest_below(&entry.path())).max();
    own.max(below)
}

/// A file whose time says when the last complete build began.
pub(crate) struct Stamp<'a>(pub(crate) &'a Path);

impl Stamp<'_> {
    /// True while nothing below `sources` changed since the stamped build began.
    pub(crate) fn is_fresh(&self, sources: &[&Path]) -> bool {
        let built = fs::metadata(self.0).and_then(|metadata| metadata.modified()).ok();
        match (built, newest(sources)) {
            (Some(built), Some(changed)) => built > changed,
            _ => false,
        }
    }

    /// Marks the build as unfinished; `finish` takes the moment returned here.
    pub(crate) fn begin(&self) -> SystemTime {
        let _ = fs::remove_file(self.0);
        now()
    }

    /// The build that began at `begun` is complete. A stamp that cannot be written costs a rebuild,
    /// nothing else.
    pub(crate) fn finish(&self, begun: SystemTime) {
        let _ = fs::File::create(self.0).and_then(|file| file.set_modified(begun));
    }
}

#[expect(clippy::disallowed_methods, reason = "compared with the times of files")]
fn now() -> SystemTime {
    SystemTime::now()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn fresh_until_a_source_changes_after_the_build_began() {
        let dir = std::env::temp_dir().join(format!("rapport-stamp-{}", std::process::id()));
        let source = dir.join("src");
        fs::create_dir_all(&source).unwrap();
        fs::write(source.join("a.rs"), "").unwrap();
        let path = dir.join("stamp");
        let stamp = Stamp(&path);
        assert!(!stamp.is_fresh(&[&source]), "never built");

        let begun = stamp.begin() + Duration::from_secs(5);
        stamp.finish(begun);
        assert!(stamp.is_fresh(&[&source]));

        let edited = fs::File::create(source.join("a.rs")).unwrap();
        edited.set_modified(begun + Duration::from_secs(1)).unwrap();
        assert!(!stamp.is_fresh(&[&source]), "edited during the build");
        fs::remove_dir_all(&dir).unwrap();
    }
}
