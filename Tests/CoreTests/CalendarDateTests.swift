import Core
import Testing

struct CalendarDateTests {
  @Test(arguments: ["2026-11-28", "2024-02-29", "0001-01-01", "9999-12-31", "2000-02-29"])
  func `a day that exists reads and prints the same`(text: String) {
    #expect(CalendarDate(text)?.description == text)
  }

  @Test(arguments: [
    "", "2026-11", "2026-11-31", "2023-02-29", "1900-02-29", "2026-13-01", "2026-00-10",
    "2026-1-10", "0000-01-01", "2026-11-28Z", "2026-11-28-", "+026-11-28", "2026/11/28",
  ])
  func `anything else is refused`(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test(arguments: [
    (0, "1970-01-01"), (86_399, "1970-01-01"), (86_400, "1970-01-02"), (-1, "1969-12-31"),
    (951_782_400, "2000-02-29"), (1_795_824_000, "2026-11-28"), (4_107_542_400, "2100-03-01"),
  ])
  func `a moment falls on its day`(seconds: Int, text: String) {
    #expect(CalendarDate(secondsSince1970: seconds)?.description == text)
  }

  @Test func `days are ordered`() throws {
    let days = ["2025-12-31", "2026-01-01", "2026-02-01"].compactMap { CalendarDate($0) }
    #expect(days == days.shuffled().sorted())
  }
}
