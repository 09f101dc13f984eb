import NIOCore
import NIOPosix

/// A filter in the kernel that loses packets as they come in at a socket, before TCP has seen them.
///
/// Nothing is acknowledged then, so the sender's kernel tries again and again: as in a network that loses them. No
/// right of any kind is needed. The instructions are those of Linux's Documentation/networking/filter.rst.
enum PacketLoss {
  private struct Instruction {
    var code: UInt16
    var jumps: (isSo: UInt8, isNot: UInt8) = (0, 0)
    var operand: UInt32 = 0
  }

  /// `struct sock_fprog`.
  private struct Program: Sendable {
    var length: UInt16
    var instructions: UInt
  }

  /// - Parameter share: of the packets, from 0 to 1.
  static func set(_ share: Double, on channel: any Channel) {
    guard let socket = channel as? any SocketOptionProvider else { return }
    guard share > 0 else {
      // SO_DETACH_FILTER; where there was none it fails, and that is as well.
      socket.unsafeSetSocketOption(level: .socket, name: .init(rawValue: 27), value: CInt(0)).whenFailure { _ in }
      return
    }
    let limit = UInt32(share * Double(UInt32.max))
    let instructions = [
      Instruction(code: 0x20, operand: 0xffff_f038),  // load a random number
      Instruction(code: 0x35, jumps: (1, 0), operand: limit),  // from here on: to the last
      Instruction(code: 0x06),  // lose all of it
      Instruction(code: 0x06, operand: .max),  // keep all of it
    ]
    instructions.withUnsafeBufferPointer { list in
      // SO_ATTACH_FILTER, which copies the list; on the channel's own loop it is called at once.
      let program = Program(length: UInt16(list.count), instructions: UInt(bitPattern: list.baseAddress))
      socket.unsafeSetSocketOption(level: .socket, name: .init(rawValue: 26), value: program)
        .whenFailure { preconditionFailure("no filter on a socket: \($0)") }
    }
  }
}
