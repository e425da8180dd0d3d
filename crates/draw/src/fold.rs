//! A long diagram made short enough to read: rounds that repeat are drawn once
//! and counted, and of what is still too long the middle is left out.

use super::story::Place;
use recording::words::duration;

/// Up to here a diagram is drawn as it is.
const COMFORTABLE: usize = 60;

/// The longest round that is looked for, in lines.
const ROUND: usize = 40;

/// A line of a diagram.
#[derive(Clone, Debug, Default)]
pub struct Drawn {
    /// When it happened, in microseconds.
    pub t: u64,
    /// Its text.
    pub line: String,
    /// What it has in common with its like in other rounds.
    pub shape: String,
    /// Whose activation it begins.
    pub opens: Option<Place>,
    /// Whose activation it ends.
    pub closes: Option<Place>,
}

/// The lines to draw, `most` of them and a few; a `note` says what is left out.
pub fn fold(lines: Vec<Drawn>, most: usize, note: impl Fn(String) -> String) -> Vec<String> {
    if lines.len() <= COMFORTABLE {
        return lines.into_iter().map(|drawn| drawn.line).collect();
    }
    let mut folded = rounds(lines, &note);
    if folded.len() > most {
        cut(&mut folded, most, &note);
    }
    folded.into_iter().map(|drawn| drawn.line).collect()
}

/// Draws the first of several equal rounds, and says how many follow.
fn rounds(lines: Vec<Drawn>, note: impl Fn(String) -> String) -> Vec<Drawn> {
    let mut folded = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let best = (1..=ROUND.min((lines.len() - at) / 2))
            .filter(|&round| balanced(&lines[at..at + round]))
            .map(|round| (round, repeats(&lines[at..], round)))
            .filter(|&(round, repeats)| repeats > 2 && round * (repeats - 1) > 4)
            .max_by_key(|&(round, repeats)| (round * (repeats - 1), std::cmp::Reverse(round)));
        let Some((round, repeats)) = best else {
            folded.push(lines[at].clone());
            at += 1;
            continue;
        };
        folded.extend_from_slice(&lines[at..at + round]);
        at += round * repeats;
        let t = lines[at - 1].t;
        let says = format!("… {} more rounds like this, until {}", repeats - 1, duration(t));
        folded.push(Drawn { t, line: note(says), ..Drawn::default() });
    }
    folded
}

/// How often the first `round` shapes stand there one after another.
fn repeats(lines: &[Drawn], round: usize) -> usize {
    let first = &lines[..round];
    let alike = |(one, other): (&Drawn, &Drawn)| one.shape == other.shape;
    lines.chunks_exact(round).take_while(|chunk| chunk.iter().zip(first).all(alike)).count()
}

/// Whether every activation that begins here ends here.
fn balanced(lines: &[Drawn]) -> bool {
    let mut open = Vec::new();
    for line in lines {
        open.extend(line.opens);
        if line.closes.is_some_and(|place| !close(&mut open, place)) {
            return false;
        }
    }
    open.is_empty()
}

/// Takes `place` out of those that are activated; on several workers it may
/// not be the last. False if it was not activated.
fn close(open: &mut Vec<Place>, place: Place) -> bool {
    let at = open.iter().rposition(|other| *other == place);
    at.map(|at| open.remove(at)).is_some()
}

/// Leaves out the middle, from one point to another at which the same places
/// are activated: so every activation that is drawn is ended, and the reverse.
fn cut(lines: &mut Vec<Drawn>, most: usize, note: impl Fn(String) -> String) {
    let mut open: Vec<Place> = Vec::new();
    let mut before = vec![open.clone()];
    for line in lines.iter() {
        open.extend(line.opens);
        if let Some(place) = line.closes {
            close(&mut open, place);
        }
        before.push(open.clone());
    }
    let (head, tail) = (most * 3 / 4, lines.len() - most / 4);
    let like = |stack: &[Place]| (tail..before.len()).find(|&at| before[at] == stack);
    let (from, to) = match like(&before[head]) {
        Some(to) => (head, to),
        None => {
            // Nobody has the thread before the first line and after the last.
            let from = (0..=head).rev().find(|&at| before[at].is_empty()).unwrap_or(0);
            (from, like(&[]).unwrap_or(lines.len()))
        }
    };
    let note = Drawn {
        t: lines[from].t,
        line: note(format!("… {} lines are left out here", to - from)),
        ..Drawn::default()
    };
    lines.splice(from..to, [note]);
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: usize = 400;

    fn line(text: &str) -> Drawn {
        Drawn { line: text.to_owned(), shape: text.to_owned(), ..Drawn::default() }
    }

    fn poll(task: u32, t: u64) -> [Drawn; 3] {
        let place = Some(Place::Task(task));
        let shape = format!("Note over t{task}: prints");
        let print = format!("{shape} \"{t}\"");
        [
            Drawn { t, opens: place, ..line(&format!("r->>+t{task}: poll")) },
            Drawn { t, line: print, shape, ..Drawn::default() },
            Drawn { t, closes: place, ..line(&format!("t{task}-->>-r: Pending")) },
        ]
    }

    /// Every `+` has its `-`, in the order that mermaid asks for.
    fn is_balanced(lines: &[String]) -> bool {
        let mut open = 0i32;
        lines.iter().all(|line| {
            open += i32::from(line.contains("->>+")) - i32::from(line.contains("-->>-"));
            open >= 0
        }) && open == 0
    }

    #[test]
    fn rounds_that_repeat_are_drawn_once_and_counted() {
        let lines: Vec<Drawn> = (0..40).flat_map(|round| poll(1, round * 1_000_000)).collect();
        let folded = fold(lines, MOST, |says| format!("Note over r,t1: {says}"));
        assert_eq!(
            folded,
            [
                "r->>+t1: poll",
                "Note over t1: prints \"0\"",
                "t1-->>-r: Pending",
                "Note over r,t1: … 39 more rounds like this, until 39 s",
            ]
        );
    }

    #[test]
    fn a_short_diagram_is_left_alone() {
        let lines: Vec<Drawn> = (0..COMFORTABLE / 3).flat_map(|_| poll(1, 0)).collect();
        assert_eq!(fold(lines.clone(), MOST, |says| says).len(), lines.len());
    }

    #[test]
    fn the_middle_of_a_huge_diagram_is_left_out_in_balance() {
        let varied = |i: u64| -> Vec<Drawn> {
            // No two rounds alike: as many letters as its number says.
            let mut poll = poll(1, i);
            let xs = "x".repeat(i as usize % 97 + i as usize / 97);
            poll[1].line.push_str(&xs);
            poll[1].shape.push_str(&xs);
            poll.into()
        };
        let between: Vec<Drawn> = (0..500).flat_map(varied).collect();
        let [begin, _, end] = poll(2, 0);
        let mut inside = vec![begin];
        inside.extend((0..2000).map(|i| line(&"x".repeat(i))));
        inside.push(end);
        for lines in [between, inside] {
            let folded = fold(lines, MOST, |says| says);
            assert!(folded.len() <= MOST + 2 * ROUND, "{}", folded.len());
            assert!(folded.iter().any(|line| line.contains("are left out here")));
            assert!(is_balanced(&folded));
        }
    }
}
