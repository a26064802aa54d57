//! A world from its beginning to its end.

use std::rc::Rc;

use device::sync::LinkEvent;
use device::{Founding, SpaceKind};

use super::line::{self, Due};
use super::planted::Bug;
use super::profile::{Beginning, Profile};
use super::rest::unrest;
use super::tab::Tab;
use super::tasks::Task;
use super::world::{ORIGIN, World};
use super::{Outcome, act, check, invite, life, relaying, team};

/// Who may be in a team.
const PEOPLE: [&str; 5] = ["Anna", "Ben", "Clara", "David", "Eva"];

/// How long everybody may take to come to rest once nothing fails any more, milliseconds. A stopped
/// session looks again after a minute, a rested engine after half of one.
const HEALING: u64 = 20 * 60_000;

/// More turns than any world needs.
const MAX_TURNS: u64 = 400_000;

/// How many builds of the app come out in the end: what one build set aside the next tries again.
const MAX_BUILDS: u64 = 5;

/// One world, and what is under way in it.
pub(super) struct Run {
    world: Rc<World>,
    tasks: Vec<Task>,
    turns: u64,
    build: u64,
}

impl Run {
    pub(super) fn new(seed: u64, bug: Option<Bug>) -> Self {
        let world = Rc::new(World::new(seed, bug));
        Self { world, tasks: Vec::new(), turns: 0, build: 1 }
    }

    pub(super) fn world(&self) -> &World {
        &self.world
    }

    pub(super) fn end(self, seed: u64) -> Outcome {
        drop(self.tasks);
        self.world.end(seed)
    }

    /// Runs the world through.
    pub(super) fn through(&mut self) {
        self.people();
        self.storm();
        if !self.world.has_failed() {
            self.heal();
        }
        if !self.world.has_failed() && !team::is_orphaned(&self.world) {
            check::all(&self.world);
        }
        self.world.count_many("turns", self.turns);
    }

    /// A founder and those who will join. Somebody has two tabs.
    fn people(&self) {
        self.world.count_many("worlds without locks", u64::from(!self.world.locks));
        let dice = &self.world.dice;
        let count = dice.between(3, 4) + u64::from(dice.chance(200));
        let two_tabs = dice.below(count);
        let token = self.world.relay.borrow().token.clone();
        let mut profiles = self.world.profiles.borrow_mut();
        for (index, name) in PEOPLE.into_iter().enumerate().take(count as usize) {
            let beginning = match index {
                0 => Beginning::Founds(Founding {
                    kind: SpaceKind::Team,
                    origin: ORIGIN.to_owned(),
                    token: token.clone(),
                    firm: "Alder & Tarn".to_owned(),
                    name: name.to_owned(),
                    at: self.world.moment(),
                }),
                _ => Beginning::Waits,
            };
            let tabs = if index as u64 == two_tabs || dice.chance(250) { 2 } else { 1 };
            let profile = Profile::new(index, name, tabs, beginning);
            profile.opens_at.set((index == 0).then(|| self.world.now()));
            profiles.push(Rc::new(profile));
        }
    }

    /// People work, and everything fails.
    fn storm(&mut self) {
        let steps = self.world.dice.between(20, 60);
        for _ in 0..steps {
            let until = self.world.now() + self.gap();
            while self.turn(until) {}
            if self.world.has_failed() {
                return;
            }
            act::act(&self.world);
        }
    }

    /// How long nothing in particular happens: mostly moments, sometimes a lunch break.
    fn gap(&self) -> u64 {
        let dice = &self.world.dice;
        match dice.below(10) {
            0..6 => dice.between(0, 200),
            6..9 => dice.between(200, 4000),
            _ => dice.between(4000, 90_000),
        }
    }

    /// Nothing fails any more, and everybody comes back.
    fn heal(&mut self) {
        let world = Rc::clone(&self.world);
        // Where everybody hears everything nobody has to look at it again.
        let look = world.weather().deaf > 0 || world.dice.chance(500);
        world.note("it heals".to_owned());
        world.healing.set(true);
        world.calm();
        world.relay.borrow_mut().start();
        self.build += 1;
        let profiles = world.profiles.borrow().clone();
        for profile in &profiles {
            profile.online.set(true);
            profile.memory().set_quota_bytes(None);
            profile.latency.set((1, 20));
            // Some people reload the app.
            if world.dice.chance(500) {
                profile.living().iter().for_each(|tab| tab.die());
            }
            for tab in profile.living() {
                tab.freeze(0);
                if look {
                    tab.notices.put(Vec::new());
                    tab.tell(LinkEvent::Resumed);
                }
            }
            profile.opens_at.set(Some(world.now()));
        }
        let limit = world.now() + HEALING;
        let mut at_rest = false;
        while !world.has_failed() {
            let next = world.now() + 2000;
            while self.turn(next) {}
            invite::ask(&world);
            team::call_an_owner(&world);
            // Records may still be put back, by which there is an owner again.
            if team::is_orphaned(&world) && limit - world.now() < HEALING / 2 {
                return world.count("teams left without an owner by a restore");
            }
            // At two looks: what nobody counts, such as a receipt, may be on its way at one.
            let was_at_rest = std::mem::replace(&mut at_rest, unrest(&world).is_empty());
            if at_rest && was_at_rest {
                if self.update() {
                    at_rest = false;
                    continue;
                }
                world.count_many("seconds to heal", (world.now() + HEALING - limit) / 1000);
                return;
            }
            if !at_rest && world.now() >= limit {
                return world.fail("the team comes to rest", unrest(&world));
            }
        }
    }

    /// Whoever has rows that were set aside gets another build of the app, which tries them again.
    fn update(&mut self) -> bool {
        let troubled =
            |tab: &Rc<Tab>| tab.open_device().is_some_and(|device| !device.troubled().is_empty());
        let profiles = self.world.profiles.borrow().clone();
        let mut troubled = profiles.iter().filter(|it| it.living().iter().any(troubled)).peekable();
        if troubled.peek().is_none() || self.build == MAX_BUILDS {
            return false;
        }
        self.build += 1;
        for profile in troubled {
            self.world.note(format!("{} updates the app", profile.name));
            self.world.count("updates because of rows set aside");
            profile.living().iter().for_each(|tab| tab.die());
        }
        true
    }

    /// One more thing happens before `until`; false once nothing does.
    fn turn(&mut self, until: u64) -> bool {
        self.turns += 1;
        if self.turns > MAX_TURNS {
            self.world.fail("the team comes to rest", "it goes on for ever");
        }
        if self.world.has_failed() {
            return false;
        }
        self.tasks.extend(self.world.begun());
        self.bury();
        self.open_tabs();
        self.ring();
        let now = self.world.now();
        let ready: Vec<usize> =
            (0..self.tasks.len()).filter(|index| self.tasks[*index].is_ready(now)).collect();
        let due: Vec<Due> = self.world.lines.borrow().due(now);
        match self.world.dice.index(ready.len() + due.len()) {
            _ if ready.is_empty() && due.is_empty() => return self.wait(until),
            choice if choice < ready.len() => self.step(ready[choice]),
            choice => line::happen(&self.world, due[choice - ready.len()]),
        }
        // Work takes time too, though not always enough to be seen.
        self.world.pass(now + self.world.dice.below(2));
        self.world.now() < until
    }

    fn step(&mut self, index: usize) {
        if self.tasks[index].step() {
            drop(self.tasks.swap_remove(index));
        }
        self.trust_founder();
    }

    /// Time goes on to whatever happens next.
    fn wait(&self, until: u64) -> bool {
        let profiles = self.world.profiles.borrow();
        let tabs = profiles.iter().flat_map(|profile| profile.living());
        let now = self.world.now();
        let of_tab = tabs.flat_map(|tab| [tab.timer.get(), Some(tab.thaws_at())]);
        let of_profile = profiles.iter().map(|profile| profile.opens_at.get());
        let others = [self.world.lines.borrow().next(), self.world.next_waking()];
        let next = of_tab.chain(of_profile).chain(others).flatten().filter(|at| *at > now).min();
        match next.filter(|next| *next < until) {
            Some(next) => self.world.pass(next),
            None => {
                self.world.pass(until);
                return false;
            }
        }
        true
    }

    /// Timers whose moment has come.
    fn ring(&self) {
        let now = self.world.now();
        for profile in &*self.world.profiles.borrow() {
            for tab in profile.living() {
                if tab.timer.get().is_some_and(|at| at <= now) && !tab.is_frozen(now) {
                    tab.timer.set(None);
                    tab.tell(LinkEvent::Timer);
                }
            }
        }
    }

    /// Tabs that died leave their connections and all that they were doing.
    fn bury(&mut self) {
        self.tasks.retain(|task| task.tab().is_alive());
        let profiles = self.world.profiles.borrow().clone();
        for profile in profiles {
            let dead: Vec<Rc<Tab>> =
                profile.tabs.borrow().iter().filter(|tab| !tab.is_alive()).cloned().collect();
            for tab in &dead {
                line::hang_up(&self.world, tab);
            }
            if !dead.is_empty() {
                profile.tabs.borrow_mut().retain(|tab| tab.is_alive());
                let at = self.world.now() + self.world.dice.between(0, 20_000);
                profile.opens_at.set(Some(at));
            }
            if team::go(&self.world, &profile) || invite::give_up(&self.world, &profile) {
                self.tasks.retain(|task| task.tab().is_alive());
            }
        }
    }

    fn open_tabs(&self) {
        let now = self.world.now();
        for profile in &*self.world.profiles.borrow() {
            let waits =
                matches!(*profile.beginning.borrow(), Beginning::Waits) || profile.gone.get();
            if waits || profile.opens_at.get().is_none_or(|at| at > now) {
                continue;
            }
            let open = profile.living().len();
            let more = open + 1 < profile.tabs_wanted;
            profile.opens_at.set(more.then(|| now + self.world.dice.between(0, 500)));
            if open >= profile.tabs_wanted {
                continue;
            }
            let tab = Tab::new(Rc::clone(profile), self.world.number(), self.build);
            let tab = Rc::new(tab);
            profile.tabs.borrow_mut().push(Rc::clone(&tab));
            self.world.count("tabs opened");
            self.world.spawn(&tab, life::live(Rc::clone(&self.world), Rc::clone(&tab)));
        }
    }

    /// The witness is given the key as soon as there is one.
    fn trust_founder(&self) {
        if self.world.witness.borrow().knows_the_key() {
            return;
        }
        let profiles = self.world.profiles.borrow();
        if let Some((space, ring)) = profiles.first().and_then(|founder| founder.keys()) {
            self.world.witness.borrow_mut().trust(space, ring);
            self.world.relay.borrow_mut().space = Some(space);
            relaying::look(&self.world);
        }
    }
}
