// Fields of telemetry.istio.io and extensions.istio.io.
#include "frontend/decode/fields.h"

namespace s2a {

const std::string_view kExtensionFields = R"(
Telemetry: Object
  spec: TelemetrySpec

TelemetrySpec
  accessLogging: [AccessLogging]
  metrics: [Metrics]
  selector: WorkloadSelector
  targetRef: PolicyTargetReference
  targetRefs: [PolicyTargetReference]
  tracing: [Tracing]

Tracing
  customTags: {CustomTag}
  disableContextPropagation: bool
  disableSpanReporting: bool
  enableIstioTags: bool
  match: TelemetryWorkloadMode
  providers: [TelemetryProvider]
  randomSamplingPercentage: number
  useRequestIdForTraceSampling: bool

CustomTag
  environment: CustomTagSource
  formatter: CustomTagText
  header: CustomTagSource
  literal: CustomTagText

CustomTagText
  value!: string

CustomTagSource
  defaultValue: string
  name!: string

Metrics
  overrides: [MetricOverride]
  providers: [TelemetryProvider]
  reportingInterval: duration

MetricOverride
  disabled: bool
  match: MetricSelector
  tagOverrides: {TagOverride}

TagOverride
  operation: UPSERT|REMOVE
  value: string

MetricSelector
  customMetric: string
  metric: ALL_METRICS|REQUEST_COUNT|REQUEST_DURATION|REQUEST_SIZE|RESPONSE_SIZE|TCP_OPENED_CONNECTIONS|TCP_CLOSED_CONNECTIONS|TCP_SENT_BYTES|TCP_RECEIVED_BYTES|GRPC_REQUEST_MESSAGES|GRPC_RESPONSE_MESSAGES
  mode: CLIENT_AND_SERVER|CLIENT|SERVER

AccessLogging
  disabled: bool
  filter: AccessLogFilter
  match: TelemetryWorkloadMode
  providers: [TelemetryProvider]

TelemetryProvider
  name!: string

TelemetryWorkloadMode
  mode: CLIENT_AND_SERVER|CLIENT|SERVER

AccessLogFilter
  expression: string

WasmPlugin: Object
  spec!: WasmPluginSpec

WasmPluginSpec
  failStrategy: FAIL_CLOSE|FAIL_OPEN|FAIL_RELOAD
  imagePullPolicy: UNSPECIFIED_POLICY|IfNotPresent|Always
  imagePullSecret: string
  match: [TrafficSelector]
  phase: UNSPECIFIED_PHASE|AUTHN|AUTHZ|STATS
  pluginConfig: any
  pluginName: string
  priority: int
  selector: WorkloadSelector
  sha256: string
  targetRef: PolicyTargetReference
  targetRefs: [PolicyTargetReference]
  type: UNSPECIFIED_PLUGIN_TYPE|HTTP|NETWORK
  url!: string
  verificationKey: string
  vmConfig: VmConfig

TrafficExtension: Object
  spec!: TrafficExtensionSpec

TrafficExtensionSpec
  lua: LuaConfig
  match: [TrafficSelector]
  phase: UNSPECIFIED|AUTHN|AUTHZ|STATS
  priority: int
  selector: WorkloadSelector
  targetRefs: [PolicyTargetReference]
  wasm: WasmConfig

WasmConfig
  failStrategy: FAIL_CLOSE|FAIL_OPEN|FAIL_RELOAD
  imagePullPolicy: UNSPECIFIED_POLICY|IfNotPresent|Always
  imagePullSecret: string
  pluginConfig: any
  pluginName: string
  sha256: string
  type: UNSPECIFIED_PLUGIN_TYPE|HTTP|NETWORK
  url!: string
  verificationKey: string
  vmConfig: VmConfig

VmConfig
  env: [VmEnvironment]

VmEnvironment
  name!: string
  value: string
  valueFrom: INLINE|HOST

TrafficSelector
  mode: UNDEFINED|CLIENT|SERVER|CLIENT_AND_SERVER
  ports: [TrafficPort]

TrafficPort
  number!: int

LuaConfig
  inlineCode!: string
)";

}  // namespace s2a
