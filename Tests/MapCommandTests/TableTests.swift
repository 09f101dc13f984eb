import Foundation
import Testing

/// What is printed of a small mapping with all that a table can show.
@Suite("The tables")
struct TableTests {
  private let folder: URL
  private let file: URL

  init() throws {
    folder = try Project.scratch()
    file = folder.appending(path: "my.yaml")
    try Data(Self.mapping.utf8).write(to: file)
  }

  private static let mapping = """
    version: 1
    surface: korg-nanokontrol2
    bindings:
      slider-1: { do: audio Desk volume, range: [-60dB, 0dB], takeover: jump }
      cycle: { do: take, on-double: cut }
      play: { do: stream toggle, hold: 1s, light: off }
      track-left: page talk
      solo-1: scene 1 preview
    pages:
      talk:
        bindings:
          solo-1: { do: scene 2 cut, on-release: scene 1 cut }

    """

  private func printed(_ words: String) throws -> String {
    defer { try? FileManager.default.removeItem(at: folder) }
    let result = try Program(["map"] + words.split(separator: " ").map { $0 == "FILE" ? file.path : String($0) }).end()
    #expect(result.status == 0)
    return result.output.replacing(file.path, with: "FILE")
  }

  @Test("list has a line for each gesture of each control, page after page, in the order of the surface file")
  func list() throws {
    #expect(
      try printed("list FILE") == """
        CONTROL     LABEL     GESTURE  PAGE  ACTION                                                  LIGHT
        track-left  TRACK <   press          page talk
        cycle       CYCLE     press          take                                                    auto
        cycle       CYCLE     double         cut                                                     auto
        play        PLAY      press          stream toggle  (hold 1s)                                off
        slider-1    SLIDER 1  move           audio Desk volume  (range [-60dB, 0dB], takeover jump)
        solo-1      S 1       press          scene 1 preview                                         auto
        solo-1      S 1       press    talk  scene 2 cut                                             auto
        solo-1      S 1       release  talk  scene 1 cut                                             auto

        """)
  }

  @Test(
    "show has what a control is, and each thing that it does, with its line",
    arguments: [
      (
        "cycle",
        """
        CYCLE  cycle
          a button with a light, controller 46
          press: take   (FILE:5)
          double: cut   (FILE:5)

        """
      ),
      (
        "solo-1",
        """
        S 1  solo-1
          a button with a light, controller 32
          press: scene 1 preview   (FILE:8)
          press on page talk: scene 2 cut   (FILE:12)
          release on page talk: scene 1 cut   (FILE:12)

        """
      ),
      (
        "play",
        """
        PLAY  play
          a button with a light, controller 41
          press: stream toggle  (hold 1s), light off   (FILE:6)

        """
      ),
      (
        "knob-1",
        """
        KNOB 1  knob-1
          a knob without a light, controller 16
          does nothing: video-director map set FILE knob-1 ACTION

        """
      ),
    ])
  func show(control: String, expected: String) throws {
    #expect(try printed("show FILE \(control)") == expected)
  }

  @Test("actions has the form, a sentence and an example of each that has the word")
  func actions() throws {
    #expect(
      try printed("actions page") == """
        page N|NAME
          Turns to a page of the mapping; `main` is page 1.
          example: page talk
        page next|previous
          Turns to the next or the previous page.
          example: page next
        page N|NAME while held
          Turns to a page; when the button is let go of, back to where it was pressed.
          example: page talk while held

        """)
    let all = try Program(["map", "actions"]).end().output
    #expect(all.contains("\naudio N|NAME volume   (slider or knob)\n  "))
  }

  @Test("controls has each of the 51 in the order of the surface file")
  func controls() throws {
    let lines = try printed("controls").split(separator: "\n")
    #expect(
      lines.prefix(4) == [
        "NAME          LABEL       KIND    CONTROLLER  LIGHT", "track-left    TRACK <     button  58",
        "track-right   TRACK >     button  59", "cycle         CYCLE       button  46          yes",
      ])
    #expect(lines.count == 52 && lines.last?.hasPrefix("rec-8") == true)
  }
}
