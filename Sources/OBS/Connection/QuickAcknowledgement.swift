import NIOCore

/// Has the kernel acknowledge what comes in at once.
///
/// obs-websocket leaves Nagle's algorithm on, so of two small messages the second waits for the acknowledgement of
/// the first, which the kernel otherwise holds back for 40 ms. Linux forgets the option again: tcp(7).
final class QuickAcknowledgement: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  func handlerAdded(context: ChannelHandlerContext) { arm(context) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    arm(context)
    context.fireChannelRead(data)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    arm(context)
    context.fireChannelReadComplete()
  }

  private func arm(_ context: ChannelHandlerContext) {
    #if os(Linux)
      // TCP_QUICKACK of <linux/tcp.h>. Without it all is only slower, so its failure is of no concern.
      try? context.channel.syncOptions?.setOption(.tcpOption(.init(rawValue: 12)), value: 1)
    #endif
  }
}
