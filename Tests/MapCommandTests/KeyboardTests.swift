import Testing

@testable import VideoDirector

@Suite("What a terminal's keyboard sends")
struct KeyboardTests {
  private static let table: [(String, [Menu.Key])] = [
    ("a", [.letter("a")]), ("é", [.letter("é")]), ("日本", [.letter("日"), .letter("本")]), ("🎬", [.letter("🎬")]),
    ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{7F}", [.erase]), ("\u{8}", [.erase]),
    ("\u{3}", [.cancel]), ("\u{1B}[A", [.up]), ("\u{1B}OA", [.up]), ("\u{1B}[B", [.down]), ("\u{1B}OB", [.down]),
    ("\u{1B}[H", [.first]), ("\u{1B}[1~", [.first]), ("\u{1B}OH", [.first]), ("\u{1B}[F", [.last]),
    ("\u{1B}[4~", [.last]),
    // Right, left, delete, page down, F5, shift and an arrow: nothing here, and no Esc.
    ("\u{1B}[C", []), ("\u{1B}[D", []), ("\u{1B}OD", []), ("\u{1B}[3~", []), ("\u{1B}[6~", []), ("\u{1B}[15~", []),
    ("\u{1B}[1;2C", []), ("\u{1}\u{0}", []),
    ("x\u{1B}[3~y\u{1B}[A", [.letter("x"), .letter("y"), .up]),
  ]

  @Test("is the same keys, however it is cut into pieces", arguments: table)
  func pieces(sent: String, keys: [Menu.Key]) {
    let bytes = Array(sent.utf8)
    for cut in 0...bytes.count {
      var keyboard = Keyboard()
      #expect(keyboard.take(Array(bytes[..<cut])) + keyboard.take(Array(bytes[cut...])) == keys, "cut at \(cut)")
      #expect(!keyboard.isWaiting)
    }
  }

  @Test("is an Esc where nothing follows one, and where something else does")
  func escape() {
    var keyboard = Keyboard()
    #expect(keyboard.take([0x1B]) == [] && keyboard.isWaiting)
    #expect(keyboard.settle() == [.cancel] && !keyboard.isWaiting)
    #expect(keyboard.take([0x1B, 0x1B, 0x5B, 0x41]) == [.cancel, .up])
    // Half a sequence with nothing behind it is no key.
    #expect(keyboard.take([0x1B, 0x5B]) == [] && keyboard.settle() == [] && !keyboard.isWaiting)
  }
}
