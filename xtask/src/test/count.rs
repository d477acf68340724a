//! Counting tests from what the test programs print.

use std::ops::AddAssign;

/// How many tests passed, failed and were left out.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub passed: u32,
    pub failed: u32,
    pub ignored: u32,
}

impl Count {
    /// Adds the numbers of a summary line; any other line changes nothing.
    ///
    /// Cargo's harness and the one in the browser both print
    /// `test result: ok. 3 passed; 0 failed; 0 ignored; …`.
    pub fn see(&mut self, line: &str) {
        // In a browser the line may stand behind something printed without a line end.
        let Some((_, summary)) = line.rsplit_once("test result: ") else {
            return;
        };
        let Some((verdict, numbers)) = summary.split_once(". ") else {
            return;
        };
        if !["ok", "FAILED"].contains(&verdict) {
            return;
        }
        for part in numbers.split(';') {
            let mut words = part.split_whitespace();
            let number: Option<u32> = words.next().and_then(|word| word.parse().ok());
            let (Some(number), Some(kind)) = (number, words.next()) else {
                continue;
            };
            match kind {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }
}

#[cfg(test)]
mod tests {
    use super::Count;

    fn counted(output: &str) -> (u32, u32, u32) {
        let mut count = Count::default();
        output.lines().for_each(|line| count.see(line));
        (count.passed, count.failed, count.ignored)
    }

    #[test]
    fn summaries_of_several_programs_are_added() {
        let output = "running 2 tests\n\
            test a ... ok\n\
            test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.01s\n\
            test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s\n";
        assert_eq!(counted(output), (15, 2, 1));
    }

    #[test]
    fn the_browser_s_summary_is_counted() {
        assert_eq!(
            counted(
                "test result: ok. 5 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.3s"
            ),
            (5, 0, 0)
        );
        assert_eq!(
            counted("noise test result: FAILED. 1 passed; 4 failed; 0 ignored"),
            (1, 4, 0)
        );
    }

    #[test]
    fn lines_that_only_look_alike_count_nothing() {
        let output = "test result_is_ok ... ok\n\
            test result: unknown. 7 passed\n\
            3 passed, 0 failed\n\
            test result: ok\n";
        assert_eq!(counted(output), (0, 0, 0));
    }
}
