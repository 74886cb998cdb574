
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "nemo": {
          Tables: {
            "ab_tests": {
                  Row: {
                    "assign_by": string,"completed_at": string | null,"created_at": string,"created_by": string | null,"guardrails": NonNullable<Json>,"id": string,"minimum_detectable_effect": number | null,"name": string,"organization_id": string,"paused_at": string | null,"phase": number,"planned_units": number | null,"primary_metric": string,"promoted_variant": string | null,"started_at": string | null,"state": string,"stop_reason": string | null,"template_id": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "assign_by"?: string,"completed_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"guardrails"?: NonNullable<Json>,"id"?: string,"minimum_detectable_effect"?: number | null,"name": string,"organization_id": string,"paused_at"?: string | null,"phase"?: number,"planned_units"?: number | null,"primary_metric"?: string,"promoted_variant"?: string | null,"started_at"?: string | null,"state"?: string,"stop_reason"?: string | null,"template_id": string,"updated_at"?: string
                  }
                  Update: {
                    "assign_by"?: string,"completed_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"guardrails"?: NonNullable<Json>,"id"?: string,"minimum_detectable_effect"?: number | null,"name"?: string,"organization_id"?: string,"paused_at"?: string | null,"phase"?: number,"planned_units"?: number | null,"primary_metric"?: string,"promoted_variant"?: string | null,"started_at"?: string | null,"state"?: string,"stop_reason"?: string | null,"template_id"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "ab_tests_organization_id_template_id_fkey"
      columns: ["organization_id","template_id"]
isOneToOne: false
      referencedRelation: "prompt_templates"
      referencedColumns: ["organization_id","id"]
    }
                  ]
                },"ab_variants": {
                  Row: {
                    "created_at": string,"letter": string,"organization_id": string,"phase": number,"stopped_at": string | null,"stopped_for": Json | null,"template_id": string,"test_id": string,"version": number,"weight": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"letter": string,"organization_id": string,"phase": number,"stopped_at"?: string | null,"stopped_for"?: Json | null,"template_id": string,"test_id": string,"version": number,"weight": number
                  }
                  Update: {
                    "created_at"?: string,"letter"?: string,"organization_id"?: string,"phase"?: number,"stopped_at"?: string | null,"stopped_for"?: Json | null,"template_id"?: string,"test_id"?: string,"version"?: number,"weight"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "ab_variants_organization_id_template_id_test_id_fkey"
      columns: ["organization_id","template_id","test_id"]
isOneToOne: false
      referencedRelation: "ab_tests"
      referencedColumns: ["organization_id","template_id","id"]
    },{
      foreignKeyName: "ab_variants_organization_id_template_id_version_fkey"
      columns: ["organization_id","template_id","version"]
isOneToOne: false
      referencedRelation: "prompt_versions"
      referencedColumns: ["organization_id","template_id","version"]
    }
                  ]
                },"access_denials": {
                  Row: {
                    "attempts": number,"created_at": string,"id": string,"organization_id": string,"source": string,"template_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "attempts"?: number,"created_at"?: string,"id"?: string,"organization_id": string,"source": string,"template_id"?: string | null
                  }
                  Update: {
                    "attempts"?: number,"created_at"?: string,"id"?: string,"organization_id"?: string,"source"?: string,"template_id"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "access_denials_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "access_denials_organization_id_template_id_fkey"
      columns: ["organization_id","template_id"]
isOneToOne: false
      referencedRelation: "prompt_templates"
      referencedColumns: ["organization_id","id"]
    }
                  ]
                },"activations": {
                  Row: {
                    "activated_by": string | null,"created_at": string,"duration_us": number,"id": string,"organization_id": string,"previous_version": number | null,"template_id": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "activated_by"?: string | null,"created_at"?: string,"duration_us": number,"id"?: string,"organization_id": string,"previous_version"?: number | null,"template_id": string,"version": number
                  }
                  Update: {
                    "activated_by"?: string | null,"created_at"?: string,"duration_us"?: number,"id"?: string,"organization_id"?: string,"previous_version"?: number | null,"template_id"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "activations_organization_id_template_id_version_fkey"
      columns: ["organization_id","template_id","version"]
isOneToOne: false
      referencedRelation: "prompt_versions"
      referencedColumns: ["organization_id","template_id","version"]
    }
                  ]
                },"api_keys": {
                  Row: {
                    "created_at": string,"created_by": string | null,"default_template_id": string | null,"expires_at": string | null,"id": string,"last_used_at": string | null,"max_concurrency": number | null,"monthly_budget_nanousd": number | null,"name": string,"organization_id": string,"prefix": string,"purpose": string,"requests_per_minute": number | null,"revoked_at": string | null,"revoked_by": string | null,"scopes": (string)[] | null
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"created_by"?: string | null,"default_template_id"?: string | null,"expires_at"?: string | null,"id"?: string,"last_used_at"?: string | null,"max_concurrency"?: number | null,"monthly_budget_nanousd"?: number | null,"name": string,"organization_id": string,"prefix": string,"purpose"?: string,"requests_per_minute"?: number | null,"revoked_at"?: string | null,"revoked_by"?: string | null,"scopes"?: (string)[] | null
                  }
                  Update: {
                    "created_at"?: string,"created_by"?: string | null,"default_template_id"?: string | null,"expires_at"?: string | null,"id"?: string,"last_used_at"?: string | null,"max_concurrency"?: number | null,"monthly_budget_nanousd"?: number | null,"name"?: string,"organization_id"?: string,"prefix"?: string,"purpose"?: string,"requests_per_minute"?: number | null,"revoked_at"?: string | null,"revoked_by"?: string | null,"scopes"?: (string)[] | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "api_keys_organization_id_default_template_id_fkey"
      columns: ["organization_id","default_template_id"]
isOneToOne: false
      referencedRelation: "prompt_templates"
      referencedColumns: ["organization_id","id"]
    },{
      foreignKeyName: "api_keys_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"audit_log": {
                  Row: {
                    "action": string,"actor_id": string | null,"actor_kind": string,"actor_name": string | null,"after": Json | null,"before": Json | null,"hash": string,"ip": unknown,"occurred_at": string,"organization_id": string,"previous_hash": string,"sequence": number,"target_id": string,"target_kind": string,"template_id": string | null,"user_agent": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "action": string,"actor_id"?: string | null,"actor_kind": string,"actor_name"?: string | null,"after"?: Json | null,"before"?: Json | null,"hash": string,"ip"?: unknown,"occurred_at": string,"organization_id": string,"previous_hash": string,"sequence": number,"target_id": string,"target_kind": string,"template_id"?: string | null,"user_agent"?: string | null
                  }
                  Update: {
                    "action"?: string,"actor_id"?: string | null,"actor_kind"?: string,"actor_name"?: string | null,"after"?: Json | null,"before"?: Json | null,"hash"?: string,"ip"?: unknown,"occurred_at"?: string,"organization_id"?: string,"previous_hash"?: string,"sequence"?: number,"target_id"?: string,"target_kind"?: string,"template_id"?: string | null,"user_agent"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "audit_log_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"audit_pins": {
                  Row: {
                    "organization_id": string,"pinned_at": string,"pinned_by": string | null,"reason": string,"sequence": number
                  }
                  ComputedFields: never
                  Insert: {
                    "organization_id": string,"pinned_at"?: string,"pinned_by"?: string | null,"reason": string,"sequence": number
                  }
                  Update: {
                    "organization_id"?: string,"pinned_at"?: string,"pinned_by"?: string | null,"reason"?: string,"sequence"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "audit_pins_organization_id_sequence_fkey"
      columns: ["organization_id","sequence"]
isOneToOne: true
      referencedRelation: "audit_log"
      referencedColumns: ["organization_id","sequence"]
    }
                  ]
                },"credit_ledger": {
                  Row: {
                    "amount_nanousd": number | null,"api_key_id": string | null,"created_at": string,"id": string,"kind": string,"model": string | null,"note": string,"organization_id": string,"request_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "amount_nanousd"?: number | null,"api_key_id"?: string | null,"created_at"?: string,"id"?: string,"kind": string,"model"?: string | null,"note"?: string,"organization_id": string,"request_id"?: string | null
                  }
                  Update: {
                    "amount_nanousd"?: number | null,"api_key_id"?: string | null,"created_at"?: string,"id"?: string,"kind"?: string,"model"?: string | null,"note"?: string,"organization_id"?: string,"request_id"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"invitations": {
                  Row: {
                    "accepted_at": string | null,"accepted_by": string | null,"created_at": string,"created_by": string | null,"email": string,"expires_at": string,"id": string,"organization_id": string,"revoked_at": string | null,"role": string
                  }
                  ComputedFields: never
                  Insert: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"created_at"?: string,"created_by"?: string | null,"email": string,"expires_at": string,"id"?: string,"organization_id": string,"revoked_at"?: string | null,"role": string
                  }
                  Update: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"created_at"?: string,"created_by"?: string | null,"email"?: string,"expires_at"?: string,"id"?: string,"organization_id"?: string,"revoked_at"?: string | null,"role"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "invitations_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"lint_reports": {
                  Row: {
                    "content_hash": string,"created_at": string,"error_count": number,"findings": NonNullable<Json>,"id": string,"linter_version": string,"organization_id": string,"passed": boolean,"template_id": string,"version": number,"warning_count": number
                  }
                  ComputedFields: never
                  Insert: {
                    "content_hash": string,"created_at"?: string,"error_count"?: number,"findings"?: NonNullable<Json>,"id"?: string,"linter_version"?: string,"organization_id": string,"passed": boolean,"template_id": string,"version": number,"warning_count"?: number
                  }
                  Update: {
                    "content_hash"?: string,"created_at"?: string,"error_count"?: number,"findings"?: NonNullable<Json>,"id"?: string,"linter_version"?: string,"organization_id"?: string,"passed"?: boolean,"template_id"?: string,"version"?: number,"warning_count"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "lint_reports_organization_id_template_id_version_fkey"
      columns: ["organization_id","template_id","version"]
isOneToOne: false
      referencedRelation: "prompt_versions"
      referencedColumns: ["organization_id","template_id","version"]
    }
                  ]
                },"memberships": {
                  Row: {
                    "created_at": string,"organization_id": string,"role": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"organization_id": string,"role": string,"user_id": string
                  }
                  Update: {
                    "created_at"?: string,"organization_id"?: string,"role"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "memberships_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"model_prices": {
                  Row: {
                    "cached_input_nanousd_per_mtok": number,"created_at": string,"id": string,"input_nanousd_per_mtok": number,"model": string,"organization_id": string | null,"output_nanousd_per_mtok": number,"source": string,"valid_from": string
                  }
                  ComputedFields: never
                  Insert: {
                    "cached_input_nanousd_per_mtok": number,"created_at"?: string,"id"?: string,"input_nanousd_per_mtok": number,"model": string,"organization_id"?: string | null,"output_nanousd_per_mtok": number,"source"?: string,"valid_from"?: string
                  }
                  Update: {
                    "cached_input_nanousd_per_mtok"?: number,"created_at"?: string,"id"?: string,"input_nanousd_per_mtok"?: number,"model"?: string,"organization_id"?: string | null,"output_nanousd_per_mtok"?: number,"source"?: string,"valid_from"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "model_prices_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"organizations": {
                  Row: {
                    "audit_retention_days": number | null,"created_at": string,"created_by": string | null,"data_policy": string,"id": string,"log_retention_days": number,"name": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "audit_retention_days"?: number | null,"created_at"?: string,"created_by"?: string | null,"data_policy"?: string,"id"?: string,"log_retention_days"?: number,"name": string,"updated_at"?: string
                  }
                  Update: {
                    "audit_retention_days"?: number | null,"created_at"?: string,"created_by"?: string | null,"data_policy"?: string,"id"?: string,"log_retention_days"?: number,"name"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    
                  ]
                },"prompt_examples": {
                  Row: {
                    "created_at": string,"created_by": string | null,"name": string,"organization_id": string,"position": number,"set_name": string,"template_id": string,"variables": NonNullable<Json>
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"created_by"?: string | null,"name"?: string,"organization_id": string,"position": number,"set_name": string,"template_id": string,"variables": NonNullable<Json>
                  }
                  Update: {
                    "created_at"?: string,"created_by"?: string | null,"name"?: string,"organization_id"?: string,"position"?: number,"set_name"?: string,"template_id"?: string,"variables"?: NonNullable<Json>
                  }
                  Relationships: [
                    {
      foreignKeyName: "prompt_examples_organization_id_template_id_fkey"
      columns: ["organization_id","template_id"]
isOneToOne: false
      referencedRelation: "prompt_templates"
      referencedColumns: ["organization_id","id"]
    }
                  ]
                },"prompt_feedback": {
                  Row: {
                    "api_key_id": string | null,"comment": string | null,"created_at": string,"has_text": boolean,"label": string | null,"organization_id": string,"request_id": string,"score": number,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "api_key_id"?: string | null,"comment"?: string | null,"created_at"?: string,"has_text"?: never,"label"?: string | null,"organization_id": string,"request_id": string,"score": number,"updated_at"?: string
                  }
                  Update: {
                    "api_key_id"?: string | null,"comment"?: string | null,"created_at"?: string,"has_text"?: never,"label"?: string | null,"organization_id"?: string,"request_id"?: string,"score"?: number,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "prompt_feedback_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"prompt_labels": {
                  Row: {
                    "name": string,"organization_id": string,"protected": boolean,"template_id": string,"updated_at": string,"updated_by": string | null,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "name": string,"organization_id": string,"protected"?: boolean,"template_id": string,"updated_at"?: string,"updated_by"?: string | null,"version": number
                  }
                  Update: {
                    "name"?: string,"organization_id"?: string,"protected"?: boolean,"template_id"?: string,"updated_at"?: string,"updated_by"?: string | null,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "prompt_labels_organization_id_template_id_version_fkey"
      columns: ["organization_id","template_id","version"]
isOneToOne: false
      referencedRelation: "prompt_versions"
      referencedColumns: ["organization_id","template_id","version"]
    }
                  ]
                },"prompt_logs": {
                  Row: {
                    "api_key_id": string | null,"attempts": Json | null,"cached_tokens": number | null,"client_messages": Json | null,"client_request_id": string | null,"completion_tokens": number | null,"cost_nanousd": number | null,"created_at": string,"endpoint": string,"error_code": string | null,"fake": boolean,"latency_ms": number | null,"model": string | null,"organization_id": string,"prompt_tokens": number | null,"provider": string | null,"quality": number | null,"render_hash": string | null,"rendered_messages": Json | null,"request_id": string,"response": Json | null,"status": number,"subject_hash": string | null,"template_id": string | null,"test_id": string | null,"test_phase": number | null,"ttft_ms": number | null,"usage_estimated": boolean,"variables": Json | null,"variant": string | null,"version": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "api_key_id"?: string | null,"attempts"?: Json | null,"cached_tokens"?: number | null,"client_messages"?: Json | null,"client_request_id"?: string | null,"completion_tokens"?: number | null,"cost_nanousd"?: number | null,"created_at": string,"endpoint"?: string,"error_code"?: string | null,"fake"?: boolean,"latency_ms"?: number | null,"model"?: string | null,"organization_id": string,"prompt_tokens"?: number | null,"provider"?: string | null,"quality"?: number | null,"render_hash"?: string | null,"rendered_messages"?: Json | null,"request_id": string,"response"?: Json | null,"status": number,"subject_hash"?: string | null,"template_id"?: string | null,"test_id"?: string | null,"test_phase"?: number | null,"ttft_ms"?: number | null,"usage_estimated"?: boolean,"variables"?: Json | null,"variant"?: string | null,"version"?: number | null
                  }
                  Update: {
                    "api_key_id"?: string | null,"attempts"?: Json | null,"cached_tokens"?: number | null,"client_messages"?: Json | null,"client_request_id"?: string | null,"completion_tokens"?: number | null,"cost_nanousd"?: number | null,"created_at"?: string,"endpoint"?: string,"error_code"?: string | null,"fake"?: boolean,"latency_ms"?: number | null,"model"?: string | null,"organization_id"?: string,"prompt_tokens"?: number | null,"provider"?: string | null,"quality"?: number | null,"render_hash"?: string | null,"rendered_messages"?: Json | null,"request_id"?: string,"response"?: Json | null,"status"?: number,"subject_hash"?: string | null,"template_id"?: string | null,"test_id"?: string | null,"test_phase"?: number | null,"ttft_ms"?: number | null,"usage_estimated"?: boolean,"variables"?: Json | null,"variant"?: string | null,"version"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"prompt_recommendations": {
                  Row: {
                    "cost_nanousd": number | null,"created_at": string,"created_by": string | null,"decided_at": string | null,"decided_by": string | null,"decision_note": string,"diff": Json | null,"evidence": NonNullable<Json>,"fingerprint": string,"id": string,"job_id": string | null,"kind": string,"layer": string,"model": string | null,"organization_id": string,"predicted_effect": NonNullable<Json>,"proposed_config": Json | null,"proposed_contract": Json | null,"proposed_messages": Json | null,"realised_effect": Json | null,"reason": string,"rebased_from": string | null,"resulting_version": number | null,"severity": string,"source_version": number,"state": string,"template_id": string,"test_id": string | null,"title": string
                  }
                  ComputedFields: never
                  Insert: {
                    "cost_nanousd"?: number | null,"created_at"?: string,"created_by"?: string | null,"decided_at"?: string | null,"decided_by"?: string | null,"decision_note"?: string,"diff"?: Json | null,"evidence"?: NonNullable<Json>,"fingerprint": string,"id"?: string,"job_id"?: string | null,"kind": string,"layer": string,"model"?: string | null,"organization_id": string,"predicted_effect"?: NonNullable<Json>,"proposed_config"?: Json | null,"proposed_contract"?: Json | null,"proposed_messages"?: Json | null,"realised_effect"?: Json | null,"reason": string,"rebased_from"?: string | null,"resulting_version"?: number | null,"severity"?: string,"source_version": number,"state"?: string,"template_id": string,"test_id"?: string | null,"title": string
                  }
                  Update: {
                    "cost_nanousd"?: number | null,"created_at"?: string,"created_by"?: string | null,"decided_at"?: string | null,"decided_by"?: string | null,"decision_note"?: string,"diff"?: Json | null,"evidence"?: NonNullable<Json>,"fingerprint"?: string,"id"?: string,"job_id"?: string | null,"kind"?: string,"layer"?: string,"model"?: string | null,"organization_id"?: string,"predicted_effect"?: NonNullable<Json>,"proposed_config"?: Json | null,"proposed_contract"?: Json | null,"proposed_messages"?: Json | null,"realised_effect"?: Json | null,"reason"?: string,"rebased_from"?: string | null,"resulting_version"?: number | null,"severity"?: string,"source_version"?: number,"state"?: string,"template_id"?: string,"test_id"?: string | null,"title"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "prompt_recommendations_organization_id_job_id_fkey"
      columns: ["organization_id","job_id"]
isOneToOne: false
      referencedRelation: "recommendation_jobs"
      referencedColumns: ["organization_id","id"]
    },{
      foreignKeyName: "prompt_recommendations_organization_id_rebased_from_fkey"
      columns: ["organization_id","rebased_from"]
isOneToOne: false
      referencedRelation: "prompt_recommendations"
      referencedColumns: ["organization_id","id"]
    },{
      foreignKeyName: "prompt_recommendations_organization_id_rebased_from_fkey"
      columns: ["organization_id","rebased_from"]
isOneToOne: false
      referencedRelation: "recommendation_lift"
      referencedColumns: ["organization_id","recommendation_id"]
    },{
      foreignKeyName: "prompt_recommendations_organization_id_template_id_resulti_fkey"
      columns: ["organization_id","template_id","resulting_version"]
isOneToOne: false
      referencedRelation: "prompt_versions"
      referencedColumns: ["organization_id","template_id","version"]
    },{
      foreignKeyName: "prompt_recommendations_organization_id_template_id_source__fkey"
      columns: ["organization_id","template_id","source_version"]
isOneToOne: false
      referencedRelation: "prompt_versions"
      referencedColumns: ["organization_id","template_id","version"]
    },{
      foreignKeyName: "prompt_recommendations_organization_id_template_id_test_id_fkey"
      columns: ["organization_id","template_id","test_id"]
isOneToOne: false
      referencedRelation: "ab_tests"
      referencedColumns: ["organization_id","template_id","id"]
    }
                  ]
                },"prompt_rollups": {
                  Row: {
                    "api_key_id": string | null,"cached_tokens": number,"completion_tokens": number,"cost_nanousd": number,"cost_squared": number,"errors": number,"hour": string,"latency_count": number,"latency_histogram": NonNullable<Json>,"latency_ms_squared": number,"latency_ms_sum": number,"model": string | null,"most_cost_nanousd": number | null,"most_latency_ms": number | null,"organization_id": string,"prompt_tokens": number,"quality_count": number,"quality_squared": number,"quality_sum": number,"requests": number,"template_id": string | null,"test_id": string | null,"test_phase": number | null,"tokens_squared": number,"ttft_count": number,"ttft_histogram": NonNullable<Json>,"ttft_ms_sum": number,"unpriced": number,"variant": string | null,"version": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "api_key_id"?: string | null,"cached_tokens"?: number,"completion_tokens"?: number,"cost_nanousd"?: number,"cost_squared"?: number,"errors"?: number,"hour": string,"latency_count"?: number,"latency_histogram"?: NonNullable<Json>,"latency_ms_squared"?: number,"latency_ms_sum"?: number,"model"?: string | null,"most_cost_nanousd"?: number | null,"most_latency_ms"?: number | null,"organization_id": string,"prompt_tokens"?: number,"quality_count"?: number,"quality_squared"?: number,"quality_sum"?: number,"requests"?: number,"template_id"?: string | null,"test_id"?: string | null,"test_phase"?: number | null,"tokens_squared"?: number,"ttft_count"?: number,"ttft_histogram"?: NonNullable<Json>,"ttft_ms_sum"?: number,"unpriced"?: number,"variant"?: string | null,"version"?: number | null
                  }
                  Update: {
                    "api_key_id"?: string | null,"cached_tokens"?: number,"completion_tokens"?: number,"cost_nanousd"?: number,"cost_squared"?: number,"errors"?: number,"hour"?: string,"latency_count"?: number,"latency_histogram"?: NonNullable<Json>,"latency_ms_squared"?: number,"latency_ms_sum"?: number,"model"?: string | null,"most_cost_nanousd"?: number | null,"most_latency_ms"?: number | null,"organization_id"?: string,"prompt_tokens"?: number,"quality_count"?: number,"quality_squared"?: number,"quality_sum"?: number,"requests"?: number,"template_id"?: string | null,"test_id"?: string | null,"test_phase"?: number | null,"tokens_squared"?: number,"ttft_count"?: number,"ttft_histogram"?: NonNullable<Json>,"ttft_ms_sum"?: number,"unpriced"?: number,"variant"?: string | null,"version"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"prompt_templates": {
                  Row: {
                    "active_since": string | null,"active_version": number | null,"created_at": string,"created_by": string | null,"deleted_at": string | null,"description": string,"id": string,"latest_version": number,"name": string,"organization_id": string,"tags": (string)[],"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "active_since"?: string | null,"active_version"?: number | null,"created_at"?: string,"created_by"?: string | null,"deleted_at"?: string | null,"description"?: string,"id"?: string,"latest_version"?: number,"name": string,"organization_id": string,"tags"?: (string)[],"updated_at"?: string
                  }
                  Update: {
                    "active_since"?: string | null,"active_version"?: number | null,"created_at"?: string,"created_by"?: string | null,"deleted_at"?: string | null,"description"?: string,"id"?: string,"latest_version"?: number,"name"?: string,"organization_id"?: string,"tags"?: (string)[],"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "prompt_templates_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"prompt_versions": {
                  Row: {
                    "config": NonNullable<Json>,"content_hash": string,"contract": NonNullable<Json>,"created_at": string,"created_by": string | null,"diff": Json | null,"messages": NonNullable<Json>,"note": string,"organization_id": string,"parent_version": number | null,"pins": NonNullable<Json>,"template_id": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "config"?: NonNullable<Json>,"content_hash": string,"contract"?: NonNullable<Json>,"created_at"?: string,"created_by"?: string | null,"diff"?: Json | null,"messages": NonNullable<Json>,"note"?: string,"organization_id": string,"parent_version"?: number | null,"pins"?: NonNullable<Json>,"template_id": string,"version": number
                  }
                  Update: {
                    "config"?: NonNullable<Json>,"content_hash"?: string,"contract"?: NonNullable<Json>,"created_at"?: string,"created_by"?: string | null,"diff"?: Json | null,"messages"?: NonNullable<Json>,"note"?: string,"organization_id"?: string,"parent_version"?: number | null,"pins"?: NonNullable<Json>,"template_id"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "prompt_versions_organization_id_template_id_fkey"
      columns: ["organization_id","template_id"]
isOneToOne: false
      referencedRelation: "prompt_templates"
      referencedColumns: ["organization_id","id"]
    },{
      foreignKeyName: "prompt_versions_template_id_parent_version_fkey"
      columns: ["template_id","parent_version"]
isOneToOne: false
      referencedRelation: "prompt_versions"
      referencedColumns: ["template_id","version"]
    }
                  ]
                },"provider_connections": {
                  Row: {
                    "base_url": string,"created_at": string,"created_by": string | null,"enabled": boolean,"fallbacks": (string)[],"id": string,"key_hint": string | null,"models": (string)[],"name": string,"organization_id": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "base_url": string,"created_at"?: string,"created_by"?: string | null,"enabled"?: boolean,"fallbacks"?: (string)[],"id"?: string,"key_hint"?: string | null,"models"?: (string)[],"name": string,"organization_id": string,"updated_at"?: string
                  }
                  Update: {
                    "base_url"?: string,"created_at"?: string,"created_by"?: string | null,"enabled"?: boolean,"fallbacks"?: (string)[],"id"?: string,"key_hint"?: string | null,"models"?: (string)[],"name"?: string,"organization_id"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "provider_connections_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"recommendation_jobs": {
                  Row: {
                    "attempts": number,"cancel_requested": boolean,"cost_nanousd": number | null,"created_at": string,"error_code": string | null,"example_inputs": NonNullable<Json>,"finished_at": string | null,"id": string,"idempotency_key": string | null,"judgements": number,"kinds": (string)[],"lease": string | null,"leased_until": string | null,"made": number | null,"max_cost_nanousd": number,"model": string | null,"organization_id": string,"progress": number,"provider": string | null,"reason": string,"requested_by": string | null,"run_after": string,"stage": string,"state": string,"template_id": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "attempts"?: number,"cancel_requested"?: boolean,"cost_nanousd"?: number | null,"created_at"?: string,"error_code"?: string | null,"example_inputs"?: NonNullable<Json>,"finished_at"?: string | null,"id"?: string,"idempotency_key"?: string | null,"judgements"?: number,"kinds": (string)[],"lease"?: string | null,"leased_until"?: string | null,"made"?: number | null,"max_cost_nanousd"?: number,"model"?: string | null,"organization_id": string,"progress"?: number,"provider"?: string | null,"reason"?: string,"requested_by"?: string | null,"run_after"?: string,"stage"?: string,"state"?: string,"template_id": string,"version": number
                  }
                  Update: {
                    "attempts"?: number,"cancel_requested"?: boolean,"cost_nanousd"?: number | null,"created_at"?: string,"error_code"?: string | null,"example_inputs"?: NonNullable<Json>,"finished_at"?: string | null,"id"?: string,"idempotency_key"?: string | null,"judgements"?: number,"kinds"?: (string)[],"lease"?: string | null,"leased_until"?: string | null,"made"?: number | null,"max_cost_nanousd"?: number,"model"?: string | null,"organization_id"?: string,"progress"?: number,"provider"?: string | null,"reason"?: string,"requested_by"?: string | null,"run_after"?: string,"stage"?: string,"state"?: string,"template_id"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "recommendation_jobs_organization_id_template_id_version_fkey"
      columns: ["organization_id","template_id","version"]
isOneToOne: false
      referencedRelation: "prompt_versions"
      referencedColumns: ["organization_id","template_id","version"]
    }
                  ]
                }
          }
          Views: {
            "recommendation_lift": {
                  Row: {
                    "decided_at": string | null,"kind": string,"layer": string,"organization_id": string,"predicted_effect": NonNullable<Json>,"realised_effect": Json | null,"recommendation_id": string,"resulting_version": number | null,"source_version": number,"state": string,"template_id": string,"test_id": string | null,"title": string
                  }
                  ComputedFields: never
                  Insert: {
                           "decided_at"?: string | null,"kind"?: string | null,"layer"?: string | null,"organization_id"?: string | null,"predicted_effect"?: Json | null,"realised_effect"?: Json | null,"recommendation_id"?: string | null,"resulting_version"?: number | null,"source_version"?: number | null,"state"?: string | null,"template_id"?: string | null,"test_id"?: string | null,"title"?: string | null
                         }
                        Update: {
                           "decided_at"?: string | null,"kind"?: string | null,"layer"?: string | null,"organization_id"?: string | null,"predicted_effect"?: Json | null,"realised_effect"?: Json | null,"recommendation_id"?: string | null,"resulting_version"?: number | null,"source_version"?: number | null,"state"?: string | null,"template_id"?: string | null,"test_id"?: string | null,"title"?: string | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "prompt_recommendations_organization_id_template_id_resulti_fkey"
      columns: ["organization_id","template_id","resulting_version"]
isOneToOne: false
      referencedRelation: "prompt_versions"
      referencedColumns: ["organization_id","template_id","version"]
    },{
      foreignKeyName: "prompt_recommendations_organization_id_template_id_source__fkey"
      columns: ["organization_id","template_id","source_version"]
isOneToOne: false
      referencedRelation: "prompt_versions"
      referencedColumns: ["organization_id","template_id","version"]
    },{
      foreignKeyName: "prompt_recommendations_organization_id_template_id_test_id_fkey"
      columns: ["organization_id","template_id","test_id"]
isOneToOne: false
      referencedRelation: "ab_tests"
      referencedColumns: ["organization_id","template_id","id"]
    }
                  ]
                }
          }
          Functions: {
            "ab_test_baseline":
{ Args: { "days"?: number,"template_id": string }; Returns: {
              "metric": string,"n": number,"per_day": number,"sum": number,"sum_of_squares": number
            }[]
                           },
"ab_test_report":
{ Args: { "test_id": string }; Returns: {
              "completion_tokens": number,"cost_mean_nanousd": number,"cost_nanousd": number,"errors": number,"latency_histogram": Json,"latency_mean_ms": number,"latency_p50_ms": number,"latency_p95_ms": number,"latency_p99_ms": number,"n": number,"phase": number,"prompt_tokens": number,"quality_mean": number,"quality_n": number,"stopped_at": string,"sums": Json,"tokens": number,"tokens_mean": number,"ttft_mean_ms": number,"unpriced": number,"variant": string,"version": number,"weight": number
            }[]
                           },
"ab_test_subject_baseline":
{ Args: { "days"?: number,"template_id": string }; Returns: {
              "days_seen": number,"metric": string,"new_per_day": number,"sums": Json
            }[]
                           },
"ab_test_subject_timeline":
{ Args: { "phase"?: number,"test_id": string }; Returns: {
              "at": string,"step_seconds": number,"subjects": number,"sums": Json,"variant": string
            }[]
                           },
"ab_test_subjects":
{ Args: { "test_id": string }; Returns: {
              "phase": number,"subjects": number,"sums": Json,"variant": string
            }[]
                           },
"ab_test_timeline":
{ Args: { "phase"?: number,"test_id": string }; Returns: {
              "at": string,"errors": number,"latency_p95_ms": number,"n": number,"step_seconds": number,"sums": Json,"variant": string
            }[]
                           },
"accept_invitation":
{ Args: { "token": string }; Returns: {
              "created_at": string,
"organization_id": string,
"role": string,
"user_id": string
            }
                          SetofOptions: {
        from: "*"
        to: "memberships"
        isOneToOne: true
        isSetofReturn: false
      } },
"activate_version":
{ Args: { "template_id": string,"version": number }; Returns: {
              "active_since": string | null,
"active_version": number | null,
"created_at": string,
"created_by": string | null,
"deleted_at": string | null,
"description": string,
"id": string,
"latest_version": number,
"name": string,
"organization_id": string,
"tags": (string)[],
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "prompt_templates"
        isOneToOne: true
        isSetofReturn: false
      } },
"api_key_spending":
{ Args: { "organization_id": string }; Returns: {
              "api_key_id": string,"spent_nanousd": number
            }[]
                           },
"apply_recommendation":
{ Args: { "as_test"?: boolean,"config"?: Json,"contract"?: Json,"messages"?: Json,"note"?: string,"recommendation_id": string,"test_id"?: string }; Returns: {
              "cost_nanousd": number | null,
"created_at": string,
"created_by": string | null,
"decided_at": string | null,
"decided_by": string | null,
"decision_note": string,
"diff": Json | null,
"evidence": NonNullable<Json>,
"fingerprint": string,
"id": string,
"job_id": string | null,
"kind": string,
"layer": string,
"model": string | null,
"organization_id": string,
"predicted_effect": NonNullable<Json>,
"proposed_config": Json | null,
"proposed_contract": Json | null,
"proposed_messages": Json | null,
"realised_effect": Json | null,
"reason": string,
"rebased_from": string | null,
"resulting_version": number | null,
"severity": string,
"source_version": number,
"state": string,
"template_id": string,
"test_id": string | null,
"title": string
            }
                          SetofOptions: {
        from: "*"
        to: "prompt_recommendations"
        isOneToOne: true
        isSetofReturn: false
      } },
"audit_entries":
{ Args: { "action"?: string,"actor"?: string,"before"?: number,"max"?: number,"organization_id": string,"since"?: string,"template_id"?: string,"until"?: string }; Returns: {
              "action": string,
"actor_id": string | null,
"actor_kind": string,
"actor_name": string | null,
"after": Json | null,
"before": Json | null,
"hash": string,
"ip": unknown,
"occurred_at": string,
"organization_id": string,
"previous_hash": string,
"sequence": number,
"target_id": string,
"target_kind": string,
"template_id": string | null,
"user_agent": string | null
            }[]
                          SetofOptions: {
        from: "*"
        to: "audit_log"
        isOneToOne: false
        isSetofReturn: true
      } },
"cancel_recommendations":
{ Args: { "job_id": string }; Returns: {
              "attempts": number,
"cancel_requested": boolean,
"cost_nanousd": number | null,
"created_at": string,
"error_code": string | null,
"example_inputs": NonNullable<Json>,
"finished_at": string | null,
"id": string,
"idempotency_key": string | null,
"judgements": number,
"kinds": (string)[],
"lease": string | null,
"leased_until": string | null,
"made": number | null,
"max_cost_nanousd": number,
"model": string | null,
"organization_id": string,
"progress": number,
"provider": string | null,
"reason": string,
"requested_by": string | null,
"run_after": string,
"stage": string,
"state": string,
"template_id": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "recommendation_jobs"
        isOneToOne: true
        isSetofReturn: false
      } },
"claim_recommendation_job":
{ Args: { "job_id"?: string,"lease_seconds"?: number }; Returns: {
              "attempts": number,
"cancel_requested": boolean,
"cost_nanousd": number | null,
"created_at": string,
"error_code": string | null,
"example_inputs": NonNullable<Json>,
"finished_at": string | null,
"id": string,
"idempotency_key": string | null,
"judgements": number,
"kinds": (string)[],
"lease": string | null,
"leased_until": string | null,
"made": number | null,
"max_cost_nanousd": number,
"model": string | null,
"organization_id": string,
"progress": number,
"provider": string | null,
"reason": string,
"requested_by": string | null,
"run_after": string,
"stage": string,
"state": string,
"template_id": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "recommendation_jobs"
        isOneToOne: true
        isSetofReturn: false
      } },
"complete_ab_test":
{ Args: { "test_id": string }; Returns: {
              "assign_by": string,
"completed_at": string | null,
"created_at": string,
"created_by": string | null,
"guardrails": NonNullable<Json>,
"id": string,
"minimum_detectable_effect": number | null,
"name": string,
"organization_id": string,
"paused_at": string | null,
"phase": number,
"planned_units": number | null,
"primary_metric": string,
"promoted_variant": string | null,
"started_at": string | null,
"state": string,
"stop_reason": string | null,
"template_id": string,
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "ab_tests"
        isOneToOne: true
        isSetofReturn: false
      } },
"create_ab_test":
{ Args: { "assign_by"?: string,"guardrails"?: Json,"minimum_detectable_effect"?: number,"name": string,"planned_units"?: number,"primary_metric"?: string,"template_id": string,"variants": Json }; Returns: {
              "assign_by": string,
"completed_at": string | null,
"created_at": string,
"created_by": string | null,
"guardrails": NonNullable<Json>,
"id": string,
"minimum_detectable_effect": number | null,
"name": string,
"organization_id": string,
"paused_at": string | null,
"phase": number,
"planned_units": number | null,
"primary_metric": string,
"promoted_variant": string | null,
"started_at": string | null,
"state": string,
"stop_reason": string | null,
"template_id": string,
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "ab_tests"
        isOneToOne: true
        isSetofReturn: false
      } },
"create_api_key":
{ Args: { "default_template_id"?: string,"expires_at"?: string,"max_concurrency"?: number,"monthly_budget_nanousd"?: number,"name": string,"organization_id": string,"requests_per_minute"?: number,"scopes"?: (string)[] }; Returns: Record<string, unknown>
                           },
"create_organization":
{ Args: { "name": string }; Returns: {
              "audit_retention_days": number | null,
"created_at": string,
"created_by": string | null,
"data_policy": string,
"id": string,
"log_retention_days": number,
"name": string,
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "organizations"
        isOneToOne: true
        isSetofReturn: false
      } },
"create_provider_connection":
{ Args: { "base_url": string,"connection_id": string,"fallbacks"?: (string)[],"key_hint"?: string,"models"?: (string)[],"name": string,"organization_id": string,"sealed_key"?: string }; Returns: {
              "base_url": string,
"created_at": string,
"created_by": string | null,
"enabled": boolean,
"fallbacks": (string)[],
"id": string,
"key_hint": string | null,
"models": (string)[],
"name": string,
"organization_id": string,
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "provider_connections"
        isOneToOne: true
        isSetofReturn: false
      } },
"create_template":
{ Args: { "description"?: string,"name": string,"organization_id": string,"tags"?: (string)[] }; Returns: {
              "active_since": string | null,
"active_version": number | null,
"created_at": string,
"created_by": string | null,
"deleted_at": string | null,
"description": string,
"id": string,
"latest_version": number,
"name": string,
"organization_id": string,
"tags": (string)[],
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "prompt_templates"
        isOneToOne: true
        isSetofReturn: false
      } },
"credit_balance":
{ Args: { "organization_id": string }; Returns: number
                           },
"deactivate_template":
{ Args: { "template_id": string }; Returns: {
              "active_since": string | null,
"active_version": number | null,
"created_at": string,
"created_by": string | null,
"deleted_at": string | null,
"description": string,
"id": string,
"latest_version": number,
"name": string,
"organization_id": string,
"tags": (string)[],
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "prompt_templates"
        isOneToOne: true
        isSetofReturn: false
      } },
"delete_ab_test":
{ Args: { "test_id": string }; Returns: {
              "assign_by": string,
"completed_at": string | null,
"created_at": string,
"created_by": string | null,
"guardrails": NonNullable<Json>,
"id": string,
"minimum_detectable_effect": number | null,
"name": string,
"organization_id": string,
"paused_at": string | null,
"phase": number,
"planned_units": number | null,
"primary_metric": string,
"promoted_variant": string | null,
"started_at": string | null,
"state": string,
"stop_reason": string | null,
"template_id": string,
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "ab_tests"
        isOneToOne: true
        isSetofReturn: false
      } },
"delete_organization":
{ Args: { "organization_id": string }; Returns: Json
                           },
"delete_provider_connection":
{ Args: { "connection_id": string }; Returns: {
              "base_url": string,
"created_at": string,
"created_by": string | null,
"enabled": boolean,
"fallbacks": (string)[],
"id": string,
"key_hint": string | null,
"models": (string)[],
"name": string,
"organization_id": string,
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "provider_connections"
        isOneToOne: true
        isSetofReturn: false
      } },
"delete_template":
{ Args: { "template_id": string }; Returns: {
              "active_since": string | null,
"active_version": number | null,
"created_at": string,
"created_by": string | null,
"deleted_at": string | null,
"description": string,
"id": string,
"latest_version": number,
"name": string,
"organization_id": string,
"tags": (string)[],
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "prompt_templates"
        isOneToOne: true
        isSetofReturn: false
      } },
"deleted_templates":
{ Args: { "organization_id": string }; Returns: {
              "active_since": string | null,
"active_version": number | null,
"created_at": string,
"created_by": string | null,
"deleted_at": string | null,
"description": string,
"id": string,
"latest_version": number,
"name": string,
"organization_id": string,
"tags": (string)[],
"updated_at": string
            }[]
                          SetofOptions: {
        from: "*"
        to: "prompt_templates"
        isOneToOne: false
        isSetofReturn: true
      } },
"dismiss_recommendation":
{ Args: { "note"?: string,"recommendation_id": string }; Returns: {
              "cost_nanousd": number | null,
"created_at": string,
"created_by": string | null,
"decided_at": string | null,
"decided_by": string | null,
"decision_note": string,
"diff": Json | null,
"evidence": NonNullable<Json>,
"fingerprint": string,
"id": string,
"job_id": string | null,
"kind": string,
"layer": string,
"model": string | null,
"organization_id": string,
"predicted_effect": NonNullable<Json>,
"proposed_config": Json | null,
"proposed_contract": Json | null,
"proposed_messages": Json | null,
"realised_effect": Json | null,
"reason": string,
"rebased_from": string | null,
"resulting_version": number | null,
"severity": string,
"source_version": number,
"state": string,
"template_id": string,
"test_id": string | null,
"title": string
            }
                          SetofOptions: {
        from: "*"
        to: "prompt_recommendations"
        isOneToOne: true
        isSetofReturn: false
      } },
"fail_recommendation_job":
{ Args: { "error_code": string,"job_id": string,"lease": string,"may_retry"?: boolean,"reason": string }; Returns: {
              "attempts": number,
"cancel_requested": boolean,
"cost_nanousd": number | null,
"created_at": string,
"error_code": string | null,
"example_inputs": NonNullable<Json>,
"finished_at": string | null,
"id": string,
"idempotency_key": string | null,
"judgements": number,
"kinds": (string)[],
"lease": string | null,
"leased_until": string | null,
"made": number | null,
"max_cost_nanousd": number,
"model": string | null,
"organization_id": string,
"progress": number,
"provider": string | null,
"reason": string,
"requested_by": string | null,
"run_after": string,
"stage": string,
"state": string,
"template_id": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "recommendation_jobs"
        isOneToOne: true
        isSetofReturn: false
      } },
"finish_recommendation_job":
{ Args: { "job_id": string,"judgements"?: number,"lease": string,"reason": string,"recommendations": Json,"usage"?: Json }; Returns: {
              "attempts": number,
"cancel_requested": boolean,
"cost_nanousd": number | null,
"created_at": string,
"error_code": string | null,
"example_inputs": NonNullable<Json>,
"finished_at": string | null,
"id": string,
"idempotency_key": string | null,
"judgements": number,
"kinds": (string)[],
"lease": string | null,
"leased_until": string | null,
"made": number | null,
"max_cost_nanousd": number,
"model": string | null,
"organization_id": string,
"progress": number,
"provider": string | null,
"reason": string,
"requested_by": string | null,
"run_after": string,
"stage": string,
"state": string,
"template_id": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "recommendation_jobs"
        isOneToOne: true
        isSetofReturn: false
      } },
"grant_credit":
{ Args: { "amount_nanousd": number,"note"?: string,"organization_id": string }; Returns: {
              "amount_nanousd": number | null,
"api_key_id": string | null,
"created_at": string,
"id": string,
"kind": string,
"model": string | null,
"note": string,
"organization_id": string,
"request_id": string | null
            }
                          SetofOptions: {
        from: "*"
        to: "credit_ledger"
        isOneToOne: true
        isSetofReturn: false
      } },
"invite_member":
{ Args: { "email": string,"expires_in_days"?: number,"organization_id": string,"role"?: string }; Returns: Record<string, unknown>
                           },
"leave_organization":
{ Args: { "organization_id": string }; Returns: {
              "created_at": string,
"organization_id": string,
"role": string,
"user_id": string
            }
                          SetofOptions: {
        from: "*"
        to: "memberships"
        isOneToOne: true
        isSetofReturn: false
      } },
"library_totals":
{ Args: { "organization_id": string }; Returns: Record<string, unknown>
                           },
"missed_events":
{ Args: { "organization_id": string,"seconds": number }; Returns: {
              "at": string,"event": string,"payload": Json
            }[]
                           },
"model_price":
{ Args: { "model": string,"organization_id"?: string }; Returns: {
              "cached_input_nanousd_per_mtok": number,
"created_at": string,
"id": string,
"input_nanousd_per_mtok": number,
"model": string,
"organization_id": string | null,
"output_nanousd_per_mtok": number,
"source": string,
"valid_from": string
            }
                          SetofOptions: {
        from: "*"
        to: "model_prices"
        isOneToOne: true
        isSetofReturn: false
      } },
"open_playground":
{ Args: { "key_hash": string,"template_id": string }; Returns: {
              "created_at": string,
"created_by": string | null,
"default_template_id": string | null,
"expires_at": string | null,
"id": string,
"last_used_at": string | null,
"max_concurrency": number | null,
"monthly_budget_nanousd": number | null,
"name": string,
"organization_id": string,
"prefix": string,
"purpose": string,
"requests_per_minute": number | null,
"revoked_at": string | null,
"revoked_by": string | null,
"scopes": (string)[] | null
            }
                          SetofOptions: {
        from: "*"
        to: "api_keys"
        isOneToOne: true
        isSetofReturn: false
      } },
"organization_people":
{ Args: { "organization_id": string }; Returns: {
              "email": string,"joined_at": string,"role": string,"user_id": string
            }[]
                           },
"pause_ab_test":
{ Args: { "reason"?: string,"test_id": string }; Returns: {
              "assign_by": string,
"completed_at": string | null,
"created_at": string,
"created_by": string | null,
"guardrails": NonNullable<Json>,
"id": string,
"minimum_detectable_effect": number | null,
"name": string,
"organization_id": string,
"paused_at": string | null,
"phase": number,
"planned_units": number | null,
"primary_metric": string,
"promoted_variant": string | null,
"started_at": string | null,
"state": string,
"stop_reason": string | null,
"template_id": string,
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "ab_tests"
        isOneToOne: true
        isSetofReturn: false
      } },
"pin_audit_entry":
{ Args: { "organization_id": string,"reason": string,"sequence": number }; Returns: {
              "organization_id": string,
"pinned_at": string,
"pinned_by": string | null,
"reason": string,
"sequence": number
            }
                          SetofOptions: {
        from: "*"
        to: "audit_pins"
        isOneToOne: true
        isSetofReturn: false
      } },
"promote_variant":
{ Args: { "test_id": string,"variant": string }; Returns: {
              "assign_by": string,
"completed_at": string | null,
"created_at": string,
"created_by": string | null,
"guardrails": NonNullable<Json>,
"id": string,
"minimum_detectable_effect": number | null,
"name": string,
"organization_id": string,
"paused_at": string | null,
"phase": number,
"planned_units": number | null,
"primary_metric": string,
"promoted_variant": string | null,
"started_at": string | null,
"state": string,
"stop_reason": string | null,
"template_id": string,
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "ab_tests"
        isOneToOne: true
        isSetofReturn: false
      } },
"prompt_includes":
{ Args: { "messages"?: Json,"template_id": string,"version"?: number }; Returns: Json
                           },
"prompt_log_entries":
{ Args: { "api_key_id"?: string,"before"?: string,"before_request"?: string,"find"?: string,"max"?: number,"min_cost_nanousd"?: number,"min_latency_ms"?: number,"model"?: string,"organization_id": string,"outcome"?: string,"since"?: string,"template_id"?: string,"until"?: string,"variant"?: string,"version"?: number }; Returns: {
              "api_key_id": string | null,
"attempts": Json | null,
"cached_tokens": number | null,
"client_messages": Json | null,
"client_request_id": string | null,
"completion_tokens": number | null,
"cost_nanousd": number | null,
"created_at": string,
"endpoint": string,
"error_code": string | null,
"fake": boolean,
"latency_ms": number | null,
"model": string | null,
"organization_id": string,
"prompt_tokens": number | null,
"provider": string | null,
"quality": number | null,
"render_hash": string | null,
"rendered_messages": Json | null,
"request_id": string,
"response": Json | null,
"status": number,
"subject_hash": string | null,
"template_id": string | null,
"test_id": string | null,
"test_phase": number | null,
"ttft_ms": number | null,
"usage_estimated": boolean,
"variables": Json | null,
"variant": string | null,
"version": number | null
            }[]
                          SetofOptions: {
        from: "*"
        to: "prompt_logs"
        isOneToOne: false
        isSetofReturn: true
      } },
"prune_audit_log":
{ Args: { "organization_id": string }; Returns: number
                           },
"purge_logs":
{ Args: { "organization_id": string }; Returns: Json
                           },
"rebase_recommendation":
{ Args: { "fingerprint": string,"predicted_effect": Json,"proposed_messages": Json,"recommendation_id": string,"version": number }; Returns: {
              "cost_nanousd": number | null,
"created_at": string,
"created_by": string | null,
"decided_at": string | null,
"decided_by": string | null,
"decision_note": string,
"diff": Json | null,
"evidence": NonNullable<Json>,
"fingerprint": string,
"id": string,
"job_id": string | null,
"kind": string,
"layer": string,
"model": string | null,
"organization_id": string,
"predicted_effect": NonNullable<Json>,
"proposed_config": Json | null,
"proposed_contract": Json | null,
"proposed_messages": Json | null,
"realised_effect": Json | null,
"reason": string,
"rebased_from": string | null,
"resulting_version": number | null,
"severity": string,
"source_version": number,
"state": string,
"template_id": string,
"test_id": string | null,
"title": string
            }
                          SetofOptions: {
        from: "*"
        to: "prompt_recommendations"
        isOneToOne: true
        isSetofReturn: false
      } },
"record_access_denial":
{ Args: { "template_id": string,"user_id": string }; Returns: boolean
                           },
"record_lint_report":
{ Args: { "content_hash": string,"error_count": number,"findings"?: Json,"linter_version"?: string,"template_id": string,"version": number,"warning_count"?: number }; Returns: {
              "content_hash": string,
"created_at": string,
"error_count": number,
"findings": NonNullable<Json>,
"id": string,
"linter_version": string,
"organization_id": string,
"passed": boolean,
"template_id": string,
"version": number,
"warning_count": number
            }
                          SetofOptions: {
        from: "*"
        to: "lint_reports"
        isOneToOne: true
        isSetofReturn: false
      } },
"redeem_ticket":
{ Args: { "ticket": string,"work": string }; Returns: boolean
                           },
"remove_label":
{ Args: { "name": string,"template_id": string }; Returns: {
              "name": string,
"organization_id": string,
"protected": boolean,
"template_id": string,
"updated_at": string,
"updated_by": string | null,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "prompt_labels"
        isOneToOne: true
        isSetofReturn: false
      } },
"remove_member":
{ Args: { "organization_id": string,"user_id": string }; Returns: {
              "created_at": string,
"organization_id": string,
"role": string,
"user_id": string
            }
                          SetofOptions: {
        from: "*"
        to: "memberships"
        isOneToOne: true
        isSetofReturn: false
      } },
"renew_recommendation_job":
{ Args: { "job_id": string,"lease": string,"lease_seconds"?: number,"progress": number,"stage": string }; Returns: boolean
                           },
"replay_cases":
{ Args: { "max"?: number,"template_id": string }; Returns: {
              "client_messages": Json,"completion_tokens": number,"created_at": string,"endpoint": string,"obstacle": string,"request_id": string,"response": Json,"variables": Json,"version": number
            }[]
                           },
"replay_cost":
{ Args: { "request_ids": (string)[],"template_id": string }; Returns: {
              "cost_nanousd": number,"requests": number,"unpriced": number
            }[]
                           },
"request_recommendations":
{ Args: { "example_inputs"?: Json,"idempotency_key"?: string,"kinds"?: (string)[],"max_cost_nanousd"?: number,"template_id": string,"version"?: number }; Returns: {
              "attempts": number,
"cancel_requested": boolean,
"cost_nanousd": number | null,
"created_at": string,
"error_code": string | null,
"example_inputs": NonNullable<Json>,
"finished_at": string | null,
"id": string,
"idempotency_key": string | null,
"judgements": number,
"kinds": (string)[],
"lease": string | null,
"leased_until": string | null,
"made": number | null,
"max_cost_nanousd": number,
"model": string | null,
"organization_id": string,
"progress": number,
"provider": string | null,
"reason": string,
"requested_by": string | null,
"run_after": string,
"stage": string,
"state": string,
"template_id": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "recommendation_jobs"
        isOneToOne: true
        isSetofReturn: false
      } },
"restore_playground":
{ Args: { "organization_id": string }; Returns: {
              "created_at": string,
"created_by": string | null,
"default_template_id": string | null,
"expires_at": string | null,
"id": string,
"last_used_at": string | null,
"max_concurrency": number | null,
"monthly_budget_nanousd": number | null,
"name": string,
"organization_id": string,
"prefix": string,
"purpose": string,
"requests_per_minute": number | null,
"revoked_at": string | null,
"revoked_by": string | null,
"scopes": (string)[] | null
            }
                          SetofOptions: {
        from: "*"
        to: "api_keys"
        isOneToOne: true
        isSetofReturn: false
      } },
"restore_template":
{ Args: { "template_id": string }; Returns: {
              "active_since": string | null,
"active_version": number | null,
"created_at": string,
"created_by": string | null,
"deleted_at": string | null,
"description": string,
"id": string,
"latest_version": number,
"name": string,
"organization_id": string,
"tags": (string)[],
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "prompt_templates"
        isOneToOne: true
        isSetofReturn: false
      } },
"revoke_api_key":
{ Args: { "api_key_id": string }; Returns: {
              "created_at": string,
"created_by": string | null,
"default_template_id": string | null,
"expires_at": string | null,
"id": string,
"last_used_at": string | null,
"max_concurrency": number | null,
"monthly_budget_nanousd": number | null,
"name": string,
"organization_id": string,
"prefix": string,
"purpose": string,
"requests_per_minute": number | null,
"revoked_at": string | null,
"revoked_by": string | null,
"scopes": (string)[] | null
            }
                          SetofOptions: {
        from: "*"
        to: "api_keys"
        isOneToOne: true
        isSetofReturn: false
      } },
"revoke_invitation":
{ Args: { "invitation_id": string }; Returns: {
              "accepted_at": string | null,
"accepted_by": string | null,
"created_at": string,
"created_by": string | null,
"email": string,
"expires_at": string,
"id": string,
"organization_id": string,
"revoked_at": string | null,
"role": string
            }
                          SetofOptions: {
        from: "*"
        to: "invitations"
        isOneToOne: true
        isSetofReturn: false
      } },
"save_example_set":
{ Args: { "examples": Json,"set_name": string,"template_id": string }; Returns: {
              "created_at": string,
"created_by": string | null,
"name": string,
"organization_id": string,
"position": number,
"set_name": string,
"template_id": string,
"variables": NonNullable<Json>
            }[]
                          SetofOptions: {
        from: "*"
        to: "prompt_examples"
        isOneToOne: false
        isSetofReturn: true
      } },
"save_version":
{ Args: { "config"?: Json,"contract"?: Json,"expected_version"?: number,"messages": Json,"note"?: string,"template_id": string }; Returns: {
              "config": NonNullable<Json>,
"content_hash": string,
"contract": NonNullable<Json>,
"created_at": string,
"created_by": string | null,
"diff": Json | null,
"messages": NonNullable<Json>,
"note": string,
"organization_id": string,
"parent_version": number | null,
"pins": NonNullable<Json>,
"template_id": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "prompt_versions"
        isOneToOne: true
        isSetofReturn: false
      } },
"set_ab_weights":
{ Args: { "test_id": string,"weights": (number)[] }; Returns: {
              "assign_by": string,
"completed_at": string | null,
"created_at": string,
"created_by": string | null,
"guardrails": NonNullable<Json>,
"id": string,
"minimum_detectable_effect": number | null,
"name": string,
"organization_id": string,
"paused_at": string | null,
"phase": number,
"planned_units": number | null,
"primary_metric": string,
"promoted_variant": string | null,
"started_at": string | null,
"state": string,
"stop_reason": string | null,
"template_id": string,
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "ab_tests"
        isOneToOne: true
        isSetofReturn: false
      } },
"set_audit_retention":
{ Args: { "days"?: number,"organization_id": string }; Returns: {
              "audit_retention_days": number | null,
"created_at": string,
"created_by": string | null,
"data_policy": string,
"id": string,
"log_retention_days": number,
"name": string,
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "organizations"
        isOneToOne: true
        isSetofReturn: false
      } },
"set_data_policy":
{ Args: { "log_retention_days"?: number,"organization_id": string,"policy": string }; Returns: {
              "audit_retention_days": number | null,
"created_at": string,
"created_by": string | null,
"data_policy": string,
"id": string,
"log_retention_days": number,
"name": string,
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "organizations"
        isOneToOne: true
        isSetofReturn: false
      } },
"set_label":
{ Args: { "name": string,"protected"?: boolean,"template_id": string,"version": number }; Returns: {
              "name": string,
"organization_id": string,
"protected": boolean,
"template_id": string,
"updated_at": string,
"updated_by": string | null,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "prompt_labels"
        isOneToOne: true
        isSetofReturn: false
      } },
"set_member_role":
{ Args: { "organization_id": string,"role": string,"user_id": string }; Returns: {
              "created_at": string,
"organization_id": string,
"role": string,
"user_id": string
            }
                          SetofOptions: {
        from: "*"
        to: "memberships"
        isOneToOne: true
        isSetofReturn: false
      } },
"set_model_price":
{ Args: { "cached_input_nanousd_per_mtok": number,"input_nanousd_per_mtok": number,"model": string,"organization_id": string,"output_nanousd_per_mtok": number,"source"?: string,"valid_from"?: string }; Returns: {
              "cached_input_nanousd_per_mtok": number,
"created_at": string,
"id": string,
"input_nanousd_per_mtok": number,
"model": string,
"organization_id": string | null,
"output_nanousd_per_mtok": number,
"source": string,
"valid_from": string
            }
                          SetofOptions: {
        from: "*"
        to: "model_prices"
        isOneToOne: true
        isSetofReturn: false
      } },
"start_ab_test":
{ Args: { "test_id": string }; Returns: {
              "assign_by": string,
"completed_at": string | null,
"created_at": string,
"created_by": string | null,
"guardrails": NonNullable<Json>,
"id": string,
"minimum_detectable_effect": number | null,
"name": string,
"organization_id": string,
"paused_at": string | null,
"phase": number,
"planned_units": number | null,
"primary_metric": string,
"promoted_variant": string | null,
"started_at": string | null,
"state": string,
"stop_reason": string | null,
"template_id": string,
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "ab_tests"
        isOneToOne: true
        isSetofReturn: false
      } },
"start_audit_export":
{ Args: { "filters"?: Json,"format": string,"organization_id": string }; Returns: number
                           },
"start_provider_test":
{ Args: { "connection_id": string }; Returns: string
                           },
"start_replay":
{ Args: { "cases": number,"estimated_cost_nanousd"?: number,"from_credit_nanousd"?: number,"source": string,"template_id": string,"versions": (number)[] }; Returns: boolean
                           },
"unpin_audit_entry":
{ Args: { "organization_id": string,"sequence": number }; Returns: undefined
                           },
"update_ab_test":
{ Args: { "assign_by"?: string,"guardrails"?: Json,"minimum_detectable_effect"?: number,"name"?: string,"planned_units"?: number,"primary_metric"?: string,"test_id": string,"variants"?: Json }; Returns: {
              "assign_by": string,
"completed_at": string | null,
"created_at": string,
"created_by": string | null,
"guardrails": NonNullable<Json>,
"id": string,
"minimum_detectable_effect": number | null,
"name": string,
"organization_id": string,
"paused_at": string | null,
"phase": number,
"planned_units": number | null,
"primary_metric": string,
"promoted_variant": string | null,
"started_at": string | null,
"state": string,
"stop_reason": string | null,
"template_id": string,
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "ab_tests"
        isOneToOne: true
        isSetofReturn: false
      } },
"update_organization":
{ Args: { "name": string,"organization_id": string }; Returns: {
              "audit_retention_days": number | null,
"created_at": string,
"created_by": string | null,
"data_policy": string,
"id": string,
"log_retention_days": number,
"name": string,
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "organizations"
        isOneToOne: true
        isSetofReturn: false
      } },
"update_provider_connection":
{ Args: { "base_url"?: string,"connection_id": string,"enabled"?: boolean,"fallbacks"?: (string)[],"key_hint"?: string,"models"?: (string)[],"sealed_key"?: string }; Returns: {
              "base_url": string,
"created_at": string,
"created_by": string | null,
"enabled": boolean,
"fallbacks": (string)[],
"id": string,
"key_hint": string | null,
"models": (string)[],
"name": string,
"organization_id": string,
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "provider_connections"
        isOneToOne: true
        isSetofReturn: false
      } },
"update_template":
{ Args: { "description"?: string,"tags"?: (string)[],"template_id": string }; Returns: {
              "active_since": string | null,
"active_version": number | null,
"created_at": string,
"created_by": string | null,
"deleted_at": string | null,
"description": string,
"id": string,
"latest_version": number,
"name": string,
"organization_id": string,
"tags": (string)[],
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "prompt_templates"
        isOneToOne: true
        isSetofReturn: false
      } },
"usage_choices":
{ Args: { "organization_id": string,"template_id"?: string }; Returns: {
              "models": (string)[],"variants": (string)[],"versions": (number)[]
            }[]
                           },
"usage_series":
{ Args: { "api_key_id"?: string,"model"?: string,"organization_id": string,"since": string,"split_by"?: string,"step"?: string,"template_id"?: string,"variant"?: string,"version"?: number }; Returns: {
              "at": string,"completion_tokens": number,"cost_nanousd": number,"errors": number,"latency_p50_ms": number,"latency_p95_ms": number,"part": string,"prompt_tokens": number,"requests": number,"scope": string,"unpriced": number
            }[]
                           },
"verify_audit_chain":
{ Args: { "organization_id": string }; Returns: Record<string, unknown>
                           }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "nemo">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
  ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R
    }
    ? R
    : never
  : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I
    }
    ? I
    : never
  : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U
    }
    ? U
    : never
  : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
  ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
  ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never

export const Constants = {
  "nemo": {
          Enums: {
            
          }
        }
} as const
