//! How people go, and come back by the recovery kit.

use futures_util::future::join_all;
use wire::{Refusal, Role, SpaceId};

use super::{AppendError, Entry, Person, Stage, session};
use crate::log::Author;

/// `who` joins by an invite of `host`.
async fn joins(stage: &Stage, space: SpaceId, host: &Person, who: &Person, role: Role) {
    let door = Person::named(&format!("door of {}", who.key()));
    let roster = stage.standing(space).await.roster;
    let invite = host.invites(&roster, &door, role, u64::MAX);
    assert!(stage.record(space, host, invite).await.is_ok());
    let roster = stage.standing(space).await.roster;
    let author = Author::Invite(roster.invite_by_key(&door.key()).expect("it is there").0);
    let join = Entry::Record { author, bytes: who.joins(&roster, &door) };
    assert!(stage.append(space, join).await.is_ok());
}

fn refused<T>(refusal: Refusal) -> Result<T, AppendError> {
    Err(AppendError::Refused(refusal))
}

pub(super) async fn whoever_is_removed_is_out_from_that_row_on(stage: &Stage) {
    let (ada, ben) = (Person::named("Ada"), Person::named("Ben"));
    let space = stage.found(&ada).await;
    joins(stage, space, &ada, &ben, Role::Editor).await;
    let before = stage.standing(space).await;
    let of_ben = ben.writes(&before, session(1), 1);
    assert_eq!(stage.append(space, of_ben.clone()).await, Ok(4));
    let removal = ada.removes(&before.roster, &[&ben]);
    assert_eq!(stage.record(space, &ada, removal.clone()).await, Ok(5));

    let after = stage.standing(space).await;
    assert_eq!((after.roster.epoch(), after.roster.active(&ben.key())), (2, None));
    assert_eq!(after.roster.removal(&ben.key()).map(|it| it.record), Some(after.roster.head()));
    let late = ben.writes(&after, session(1), 2);
    assert_eq!(stage.append(space, late).await, refused(Refusal::NotActive));
    let leave = ben.leaves(&after.roster);
    assert_eq!(stage.record(space, &ben, leave).await, refused(Refusal::NotActive));
    // Whoever stays seals anew; the refusal used up no counter.
    let stale = ada.writes(&before, session(2), 1);
    assert_eq!(stage.append(space, stale).await, refused(Refusal::StaleEpoch { current: 2 }));
    assert_eq!(stage.append(space, ada.writes(&after, session(2), 1)).await, Ok(6));
    // What lies in the log stays where it lies, and is found again.
    assert_eq!(stage.append(space, of_ben).await, Ok(4));
    assert_eq!(stage.record(space, &ada, removal).await, Ok(5));
    stage.is_sound(space).await;
}

pub(super) async fn of_two_owners_who_remove_each_other_one_stays(stage: &Stage) {
    let (ada, dora) = (Person::named("Ada"), Person::named("Dora"));
    let space = stage.found(&ada).await;
    joins(stage, space, &ada, &dora, Role::Owner).await;
    let roster = stage.standing(space).await.roster;
    let removals = [(&ada, &dora), (&dora, &ada)];
    let outcomes =
        join_all(removals.map(|(by, whom)| stage.record(space, by, by.removes(&roster, &[whom]))))
            .await;
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Ok(4)).count(), 1);
    assert!(outcomes.contains(&refused(Refusal::NotActive)), "{outcomes:?}");
    let roster = stage.standing(space).await.roster;
    assert_eq!(roster.devices().count(), 1);
    stage.is_sound(space).await;
}

pub(super) async fn whoever_leaves_leaves_a_debt(stage: &Stage) {
    let (ada, eva) = (Person::named("Ada"), Person::named("Eva"));
    let space = stage.found(&ada).await;
    joins(stage, space, &ada, &eva, Role::Reader).await;
    let roster = stage.standing(space).await.roster;
    let last = stage.record(space, &ada, ada.leaves(&roster)).await;
    assert_eq!(last, refused(Refusal::RosterRule));
    assert_eq!(stage.record(space, &eva, eva.leaves(&roster)).await, Ok(4));
    let roster = stage.standing(space).await.roster;
    assert!(roster.owes_rotation());
    assert_eq!(roster.epoch(), 1);
    assert_eq!(stage.record(space, &ada, ada.rotates(&roster, None)).await, Ok(5));
    let roster = stage.standing(space).await.roster;
    assert_eq!((roster.epoch(), roster.owes_rotation()), (2, false));
    stage.is_sound(space).await;
}

pub(super) async fn the_kit_lets_an_owner_back_in(stage: &Stage) {
    let (ada, kit, tablet) =
        (Person::named("Ada"), Person::named("kit"), Person::named("Ada's tablet"));
    let space = stage.found(&ada).await;
    let roster = stage.standing(space).await.roster;
    assert_eq!(stage.record(space, &ada, ada.rotates(&roster, Some(&kit))).await, Ok(2));
    let roster = stage.standing(space).await.roster;
    let linked =
        Entry::Record { author: Author::Kit, bytes: tablet.is_linked(&roster, &kit, &ada) };
    assert_eq!(stage.append(space, linked).await, Ok(3));
    let roster = stage.standing(space).await.roster;
    assert_eq!(roster.active(&tablet.key()).map(|device| device.role), Some(Role::Owner));
    let removal = tablet.removes(&roster, &[&ada]);
    assert_eq!(stage.record(space, &tablet, removal).await, Ok(4));
    let standing = stage.standing(space).await;
    assert_eq!(standing.roster.kit(), None);
    assert_eq!(stage.append(space, tablet.writes(&standing, session(1), 1)).await, Ok(5));
    stage.is_sound(space).await;
}
