import Foundation
import Testing

@testable import VideoDirector

@Suite("The file of a journal")
struct JournalFileTests {
  @Test("on a full disk is said once, with what becomes of the show, and what is written later is not held up")
  func full() throws {
    let journal = try JournalFile(path: "/dev/full")
    for _ in 1...3 { journal.write("{}") }
    let complaint = try #require(journal.takeComplaint())
    #expect(complaint.contains("No space left on device"))
    #expect(complaint.contains("the show goes on"))
    journal.write("{}")
    #expect(journal.takeComplaint() == nil)
  }

  @Test("that cannot be made is refused before the show, with what to do", arguments: ["/nowhere/journal", "/"])
  func nowhere(_ path: String) {
    #expect { try JournalFile(path: path) } throws: { "\($0)".contains("\(path) cannot be written") }
  }
}
