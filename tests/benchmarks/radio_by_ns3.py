"""The cell of `radio_cell` on ns-3's lr-wpan; wants a Python with the wheel `ns3`.

Six radios on one channel, each sending acknowledged frames of 60 octets to the next one all the
time; frames on the air are counted, acknowledgements among them. Prints frames and processor time.
"""

import json
import sys
from time import process_time
from typing import Any

VIRTUAL_SECONDS = 12.0

CELL = """
#include "ns3/core-module.h"
#include "ns3/network-module.h"
#include "ns3/mobility-module.h"
#include "ns3/propagation-module.h"
#include "ns3/spectrum-module.h"
#include "ns3/lr-wpan-module.h"

namespace hanlab_bench {
using namespace ns3;

static uint64_t g_frames = 0;

static void Begin(Ptr<const Packet>) { g_frames++; }

struct Talker {
    Ptr<lrwpan::LrWpanNetDevice> device;
    Mac16Address next;

    void Send() {
        lrwpan::McpsDataRequestParams request;
        request.m_dstPanId = 0;
        request.m_srcAddrMode = lrwpan::SHORT_ADDR;
        request.m_dstAddrMode = lrwpan::SHORT_ADDR;
        request.m_dstAddr = next;
        request.m_msduHandle = 0;
        request.m_txOptions = lrwpan::TX_OPTION_ACK;
        device->GetMac()->McpsDataRequest(request, Create<Packet>(49));
    }

    void Confirm(lrwpan::McpsDataConfirmParams) { Send(); }
};

static uint64_t Run(double seconds) {
    Ptr<SingleModelSpectrumChannel> channel = CreateObject<SingleModelSpectrumChannel>();
    Ptr<LogDistancePropagationLossModel> loss = CreateObject<LogDistancePropagationLossModel>();
    channel->AddPropagationLossModel(loss);
    channel->SetPropagationDelayModel(CreateObject<ConstantSpeedPropagationDelayModel>());
    static Talker talkers[6];
    for (int number = 0; number < 6; number++) {
        Ptr<Node> node = CreateObject<Node>();
        Ptr<lrwpan::LrWpanNetDevice> device = CreateObject<lrwpan::LrWpanNetDevice>();
        device->SetAddress(Mac16Address(static_cast<uint16_t>(number + 1)));
        device->SetChannel(channel);
        node->AddDevice(device);
        Ptr<ConstantPositionMobilityModel> place = CreateObject<ConstantPositionMobilityModel>();
        place->SetPosition(Vector(number % 3 * 3.0, number / 3 * 4.0, 0));
        device->GetPhy()->SetMobility(place);
        device->GetPhy()->TraceConnectWithoutContext("PhyTxBegin", MakeCallback(&Begin));
        talkers[number].device = device;
        talkers[number].next = Mac16Address(static_cast<uint16_t>((number + 1) % 6 + 1));
        device->GetMac()->SetMcpsDataConfirmCallback(
            MakeCallback(&Talker::Confirm, &talkers[number]));
    }
    for (auto& talker : talkers) {
        Simulator::ScheduleWithContext(
            talker.device->GetNode()->GetId(), Seconds(0.0), &Talker::Send, &talker);
    }
    Simulator::Stop(Seconds(seconds));
    Simulator::Run();
    return g_frames;
}
}
"""


def main() -> None:
    """Compile the cell, run it, say what it took."""
    from ns import ns  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - not of ours

    bindings: Any = ns
    if not bindings.cppyy.cppdef(CELL):
        sys.exit("the cell does not compile against this ns-3")
    cell = bindings.cppyy.gbl.hanlab_bench
    start = process_time()
    frames = int(cell.Run(VIRTUAL_SECONDS))
    took = process_time() - start
    print(json.dumps({"frames": frames, "seconds": took}))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
