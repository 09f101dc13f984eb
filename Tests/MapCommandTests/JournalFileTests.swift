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

  @Test("takes a part of a line, and all the next: only that line is lost")
  func torn() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID())").path
    defer { unlink(path) }
    let journal = try JournalFile(path: path)
    journal.write("first")
    // Larger files are refused by the kernel for this moment.
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit()
    try #require(getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
    var small = rlimit(rlim_cur: 9, rlim_max: limit.rlim_max)
    try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &small) == 0)
    journal.write("second")
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    #expect(journal.takeComplaint()?.contains("the journal has a gap") == true)
    journal.write("third")
    journal.write("fourth")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "first\nsec\nthird\nfourth\n")
    journal.close()
    #expect(journal.takeComplaint() == "1 lines of \(path) are lost")
  }

  @Test("that cannot be made is refused before the show, with what to do", arguments: ["/nowhere/journal", "/"])
  func nowhere(_ path: String) {
    #expect { try JournalFile(path: path) } throws: { "\($0)".contains("\(path) cannot be written") }
  }
}
