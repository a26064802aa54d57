//! First snapshots that a build cannot read, and what becomes of them when the next one can.

use std::rc::Rc;

use device::MAX_PANICS;
use device::memory::{Memory, finish};
use device::sync::Engine;

use super::told::*;
use crate::kit::*;

/// The next tab, after others died over the one row that is new.
fn set_aside(memory: &Memory, told: &Told) -> Tablet {
    for _ in 0..MAX_PANICS {
        die(memory, true, |tab| {
            let (rows, place) = told.behind(tab);
            finish(tab.apply(rows, place))
        });
    }
    let tab = open(memory);
    finish(tab.count_deaths(true)).unwrap();
    told.pull(&tab);
    let troubled = tab.troubled();
    assert_eq!((troubled.len(), troubled[0].1.quarantined), (1, 1));
    tab
}

/// What one build set aside and the next one can read is no less a first snapshot. Of two tags that are both shown the lesser
/// one counts, and they are random: so more than once.
#[test]
fn a_first_snapshot_that_was_set_aside_is_shown_when_it_is_named() {
    for _ in 0..6 {
        let (_, anna, theirs, ben, mut told) = team();
        told.pull(&ben);
        let before = seen(&ben);
        erase(&anna).unwrap();
        assert!(told.take(&anna), "the first snapshot");
        drop(set_aside(&theirs, &told));

        let ben = open_updated(&theirs);
        finish(ben.retry_kept()).unwrap();
        assert!(ben.troubled().is_empty());
        assert_eq!(tags(&theirs).len(), 2);
        assert!(seen(&ben) == before, "it is shown");
        let unnamed = states(&theirs).values().filter(|state| state.after.is_some()).count();
        assert_eq!(unnamed, 1);
        told.settle(&[&anna, &ben]);
        assert_eq!((tags(&theirs).len(), found_in(&theirs, ZOE)), (1, vec![]));
        assert_eq!(seen(&ben), seen(&anna));
        check_model(&theirs);
    }
}

/// One that was set aside, and then read, goes like any other where a restored log has lost it.
#[test]
fn a_first_snapshot_that_was_set_aside_is_forgotten_with_its_log() {
    let (_, anna, theirs, ben, mut told) = team();
    told.pull(&ben);
    let (before, backup) = (seen(&ben), told.log.rows.clone());
    erase(&anna).unwrap();
    assert!(told.take(&anna), "the first snapshot");
    drop(set_aside(&theirs, &told));
    let ben = open_updated(&theirs);
    finish(ben.retry_kept()).unwrap();
    assert_eq!(tags(&theirs).len(), 2);
    told.log.rows = backup;
    told.begin_life(&[&ben]);
    told.pull(&ben);
    let ben = Rc::new(ben);
    drop(finish(Engine::start(Rc::clone(&ben), false)).unwrap());
    assert_eq!(tags(&theirs).len(), 1);
    assert_eq!(seen(&ben), before);
    check_model(&theirs);
}

/// A newcomer has nothing of the old document. The new one is shown as soon as it can be read, be it after its generation.
#[test]
fn what_a_newcomer_reads_late_is_shown() {
    let (ours, anna, _, _, mut told) = team();
    let old = tags(&ours);
    // What the relay keeps of these rows has no contents any more.
    told.log.rows.iter_mut().filter(|(tag, _)| old.contains(tag)).for_each(|row| row.1.clear());
    let cleo_has = Memory::new();
    drop(told.log.join(&anna, &cleo_has, "Cleo"));
    erase(&anna).unwrap();
    assert!(told.take(&anna), "the first snapshot");
    let cleo = set_aside(&cleo_has, &told);
    told.settle(&[&anna]);
    told.pull(&cleo);
    let (document, key) = client(1);
    assert!(cleo.model().row(document, key).is_none());
    drop(cleo);

    let cleo = Rc::new(open_updated(&cleo_has));
    drop(finish(Engine::start(Rc::clone(&cleo), false)).unwrap());
    assert_eq!(field(&cleo, document, key, "sector").as_deref(), Some("Rail"));
    assert_eq!(cleo.model().row(document, zoe()), None);
    check_model(&cleo_has);
}
